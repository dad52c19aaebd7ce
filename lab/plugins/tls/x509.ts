/** The X.509 library, with the reflection that its dependency injection needs. */
import "reflect-metadata";
export * from "@peculiar/x509";
