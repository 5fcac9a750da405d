// What PageSources runs in the browser beside Prettier and TypeScript.

/** How Prettier writes a source. */
function formatted(name, source) {
  return prettier.format(source, {
    filepath: name,
    parser: name.endsWith(".css") ? "css" : "babel",
    plugins: Object.values(prettierPlugins),
    printWidth: 100,
  });
}

/**
 * What TypeScript finds in scripts without types: names and modules that do not exist, and what is declared but not used.
 * Most of its other messages are about types, which these scripts do not declare.
 */
function faultsOfScripts(scripts, libraries) {
  const texts = { ...scripts };
  for (const [name, text] of Object.entries(libraries)) {
    texts[`/lib/${name}`] = text;
  }
  const options = {
    allowJs: true,
    checkJs: true,
    noEmit: true,
    noUnusedLocals: true,
    noUnusedParameters: true,
    noImplicitReturns: true,
    noFallthroughCasesInSwitch: true,
    allowUnreachableCode: false,
    allowUnusedLabels: false,
    target: ts.ScriptTarget.ESNext,
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    lib: ["lib.esnext.d.ts", "lib.dom.d.ts", "lib.dom.iterable.d.ts"],
    types: [],
  };
  const host = {
    fileExists: (name) => name in texts,
    readFile: (name) => texts[name],
    getSourceFile: (name, language) =>
      name in texts ? ts.createSourceFile(name, texts[name], language) : undefined,
    getDefaultLibFileName: () => "/lib/lib.esnext.d.ts",
    getDefaultLibLocation: () => "/lib",
    getCurrentDirectory: () => "/",
    getCanonicalFileName: (name) => name,
    useCaseSensitiveFileNames: () => true,
    getNewLine: () => "\n",
    writeFile: () => {},
  };
  const program = ts.createProgram(Object.keys(scripts), options, host);
  return ts
    .getPreEmitDiagnostics(program)
    .filter(({ file, code }) => file && !OF_TYPES.has(code))
    .map(({ file, start, code, messageText }) => {
      const { line } = file.getLineAndCharacterOfPosition(start);
      return `${file.fileName}:${line + 1}: ${ts.flattenDiagnosticMessageText(messageText, " ")} (${code})`;
    });
}

/** Values that do not fit a type, which is only guessed where none is declared. */
const OF_TYPES = new Set([2322, 2339, 2345, 2353]);

/** Declarations that the browser would drop. */
function faultsOfStyle(source) {
  const code = source.replace(/\/\*.*?\*\//gs, "");
  return [...code.matchAll(/[{;]\s*([\w-]+)\s*:\s*([^;{}]+)(?=[;}])/g)]
    .filter(([, name, value]) => !name.startsWith("--") && !CSS.supports(name, value.trim()))
    .map(([, name, value]) => `${name}: ${value.trim()}`);
}
