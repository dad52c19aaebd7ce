/** The X.509 library, with the reflection that its dependency injection needs, and Node.js's cryptography. */
import "reflect-metadata";
import { webcrypto } from "node:crypto";
import { cryptoProvider } from "@peculiar/x509";

cryptoProvider.set(webcrypto as Crypto);

export * from "@peculiar/x509";
