// Builds the page assets: one stylesheet, the scripts it stands beside, and the images it names.
// Styles of our own that Sass warns about stop the build; those of our dependencies are theirs.
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import * as sass from "sass";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const packages = join(root, "node_modules");
const assets = join(root, "src/keepsight/web/assets");
const built = join(root, "src/keepsight/web/static/keepsight");
const mojImages = join(packages, "@ministryofjustice/frontend/moj/assets/images");

const packagedScripts = {
  "govuk-frontend.min.js": "govuk-frontend/dist/govuk/govuk-frontend.min.js",
  "moj-frontend.min.js": "@ministryofjustice/frontend/moj/moj-frontend.min.js",
  "htmx.min.js": "htmx.org/dist/htmx.min.js",
};

// MoJ Frontend calls parts of GOV.UK Frontend that warn their caller: whose a warning is, the
// first frame outside GOV.UK Frontend says.
function isOurs(stack) {
  const frames = stack.trim().split("\n");
  const caller = frames.find((frame) => !frame.includes("node_modules/govuk-frontend/"));
  return !caller?.includes("node_modules/");
}

function compileStyles() {
  const warnings = [];
  const { css } = sass.compile(join(assets, "scss/keepsight.scss"), {
    // MoJ Frontend names GOV.UK Frontend from the folder above node_modules.
    loadPaths: [packages, root],
    quietDeps: true,
    style: "compressed",
    logger: {
      warn: (message, { stack = "" }) => {
        if (isOurs(stack)) warnings.push(`${message}\n${stack}`);
      },
    },
  });
  if (warnings.length > 0) throw new Error(`Sass warns:\n${warnings.join("\n")}`);
  return css;
}

function imagesNamedIn(css) {
  const names = [...css.matchAll(/url\(["']?images\/([^"')]+)["']?\)/g)].map((match) => match[1]);
  return [...new Set(names)];
}

// A source map that is not there makes Django's hashed static files refuse the script.
function withoutSourceMap(script) {
  return script.replace(/\/\/# sourceMappingURL=.*\s*$/, "\n");
}

function build() {
  const css = compileStyles();
  rmSync(built, { recursive: true, force: true });
  mkdirSync(join(built, "images"), { recursive: true });
  writeFileSync(join(built, "keepsight.css"), css);
  for (const image of imagesNamedIn(css)) {
    cpSync(join(mojImages, image), join(built, "images", image));
  }
  for (const [name, source] of Object.entries(packagedScripts)) {
    writeFileSync(join(built, name), withoutSourceMap(readFileSync(join(packages, source), "utf8")));
  }
  cpSync(join(assets, "js"), built, { recursive: true });
  cpSync(join(assets, "images"), join(built, "images"), { recursive: true });
}

try {
  build();
} catch (error) {
  console.error(`The page assets were not built. ${error.message}`);
  process.exit(1);
}
