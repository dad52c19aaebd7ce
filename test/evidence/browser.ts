import puppeteer, { type Browser } from "puppeteer-core";
import { ensureDebianPackages } from "../../lab/prerequisites.js";

/** Chromium, with the font that the pictures are made with. */
export async function openBrowser(): Promise<Browser> {
  await ensureDebianPackages(["chromium", "fonts-dejavu-core"]);
  // Chromium's own sandbox does not start as root.
  const args = process.getuid?.() === 0 ? ["--no-sandbox"] : [];
  return puppeteer.launch({ executablePath: "/usr/bin/chromium", args });
}
