export interface Statement { readonly text: string; readonly values: readonly unknown[] }

/** What the floor sends: the product's own statements without the rights around them, their context as constants. */
export const perFloor = (sent: readonly Statement[], context: Record<string, string>): Statement[] => sent
  .filter(({ text }) => !/^(begin|commit|rollback)\b/i.test(text) && !/^select ctx\./.test(text))
  .map(({ text, values }) => ({ text: text.replace(/ctx\.(\w+)\(\)/g, (call, name) => context[name] ?? call), values }))
