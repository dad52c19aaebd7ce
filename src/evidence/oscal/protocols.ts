import { hasPort, inDirection, type Flow } from "../../plan/flow";

/** What a node listens on: every flow from outside that has a port. */
export function protocolsOf(flows: readonly Flow[], id: (...parts: string[]) => string): object[] {
  return inDirection("ingress", flows.filter(hasPort)).map(({ name, service, reason, protocols, port }) => ({
    uuid: id("protocol", name),
    name: service,
    title: reason,
    "port-ranges": protocols.map((transport) => ({ start: port, end: port, transport: transport.toUpperCase() })),
  }));
}
