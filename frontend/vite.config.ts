// The page is built into the Python package. MapLibre is taken from its own sources, so that the map and its worker share
// one chunk: as two finished files they carry the same code twice and weigh 440 kB instead of 315 (decision 24).
import { fileURLToPath } from "node:url";
import { defineConfig } from "vite";

const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
  resolve: { alias: { "maplibre-gl": at("node_modules/maplibre-gl/src/index.ts") } },
  // MapLibre's sources are written for fields that are declared only, not defined: as ES2022 defines them, they would wipe
  // out what a base class's constructor has set.
  oxc: { assumptions: { setPublicClassFields: true }, typescript: { removeClassFieldsWithoutInitializer: true } },
  build: {
    outDir: at("../src/warledger/web/dist"),
    emptyOutDir: true,
    target: "es2022",
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 700,
    assetsInlineLimit: 0,
    rolldownOptions: {
      input: { index: at("index.html"), worker: at("node_modules/maplibre-gl/src/source/worker.ts") },
      output: {
        entryFileNames: (chunk) => (chunk.name === "worker" ? "assets/map-worker.js" : "assets/[name]-[hash].js"),
      },
    },
  },
  server: { proxy: { "/api": "http://127.0.0.1:8000" } },
});
