import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL(".", import.meta.url));
const dist = process.env.CATCHBALL_DIST ?? join(root, "dist");
const shared = { root, logLevel: "warn" };
const common = { outDir: dist, emptyOutDir: true, target: "es2022", assetsInlineLimit: 0, reportCompressedSize: false };

/** Every built file that the shell needs offline, and one digest over all of them. */
function shell() {
  const names = readdirSync(dist, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(dist.length))
    .filter((name) => !["/sw.js", "/BUILD.json"].includes(name))
    .sort();
  const digest = createHash("sha256");
  for (const name of names) digest.update(name).update(readFileSync(join(dist, name)));
  return { files: names.filter((name) => !name.startsWith("/icon-")), version: digest.digest("hex").slice(0, 12) };
}

const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));

const app = () => ({
  ...shared,
  define: { VERSION: JSON.stringify(version) },
  build: {
    ...common,
    modulePreload: { polyfill: false },
    cssCodeSplit: false,
    rolldownOptions: {
      // A document's id travels with the screen that sends it, not with the first one.
      optimization: { inlineConst: { mode: "all" } },
      output: {
        entryFileNames: "assets/app-[hash].js",
        chunkFileNames: "assets/[name]-[hash].js",
        codeSplitting: { groups: [{ name: "shared", test: /node_modules|src/, minShareCount: 2 }] },
        assetFileNames: "assets/[name]-[hash][extname]",
      },
    },
  },
});

const worker = () => ({
  ...shared,
  publicDir: false,
  define: { SHELL: JSON.stringify(shell()) },
  build: {
    ...common,
    emptyOutDir: false,
    rolldownOptions: {
      input: join(root, "src/worker.ts"),
      output: { format: "iife", entryFileNames: "sw.js" },
    },
  },
});

export default ({ mode }) => (mode === "worker" ? worker() : app());
