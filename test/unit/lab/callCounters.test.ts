import assert from "node:assert/strict";
import { counters } from "../../../lab/load/callCounters.js";

const straced = `strace: Process 70 attached with 3 threads
strace: Process 70 detached
% time     seconds  usecs/call     calls    errors syscall
------ ----------- ----------- --------- --------- ----------------
 54.76    0.001289          53     12024        12 recvfrom
 11.26    0.000265           0       372           epoll_wait
------ ----------- ----------- --------- --------- ----------------
100.00    0.002354           1     12396        12 total
`;

describe("what counts system calls", () => {
  it("strace has each call by its name", () => {
    assert.deepEqual(counters.strace.parse(straced), { recvfrom: 12_024, epoll_wait: 372 });
  });

  it("strace counts once it is attached to all threads", () => {
    assert.ok(counters.strace.hasBegun("strace: Process 70 attached with 3 threads\n"));
    assert.ok(counters.strace.hasBegun("strace: Process 70 attached\n"));
    assert.ok(!counters.strace.hasBegun("strace: attach: ptrace(PTRACE_SEIZE, 70): No such process\n"));
  });

  it("perf has their number, of all intervals", () => {
    const told =
      "     0.100174,1257,,raw_syscalls:sys_enter,13370146,100.00,,\n     0.2,43,,raw_syscalls:sys_enter,1,100.00,,\n";
    assert.ok(!counters.perf.hasBegun(""));
    assert.ok(counters.perf.hasBegun(told));
    assert.deepEqual(counters.perf.parse(told), { all: 1300 });
  });
});
