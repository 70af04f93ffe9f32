// The memory of the module, which it does not export: intercepts its instantiation. Must be imported before lotse.

const memories = [];
const { Instance } = WebAssembly;

WebAssembly.Instance = class extends Instance {
  constructor(...parts) {
    super(...parts);
    memories.push(this.exports.memory);
  }
};

/** Returns the size in bytes; the memory of a module never shrinks. */
export function memorySize() {
  if (memories.length !== 1) {
    throw new Error(`${memories.length} modules were instantiated`);
  }
  return memories[0].buffer.byteLength;
}
