// How much memory the module has taken: it hides it, so it is caught where it is made. To be imported before lotse.

const memories = [];
const { Instance } = WebAssembly;

WebAssembly.Instance = class extends Instance {
  constructor(...parts) {
    super(...parts);
    memories.push(this.exports.memory);
  }
};

/** In bytes; the memory of wasm never shrinks. */
export function memorySize() {
  if (memories.length !== 1) {
    throw new Error(`${memories.length} modules were made`);
  }
  return memories[0].buffer.byteLength;
}
