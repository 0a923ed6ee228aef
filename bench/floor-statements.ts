export interface Statement {
  readonly text: string
  readonly values: readonly unknown[]
}

/** Stands in the floor's statements for the nth id that the product made: the floor makes one anew each time. */
export const madeId = (n: number) => `made-id-${n}`
const ids = /[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}/g
/** Not sent by the floor: the transaction, the context of rights, the trail, the kept replies, the use counted. */
const ours = [
  /^(begin|commit|rollback)\b/i,
  /^select ctx\./,
  /\binto audit_(entries|details)\b/,
  /\bidempotency_keys\b/,
  /\busage_/,
]

/**
 * What the floor sends: the product's own statements without the rights and the trail around them, their context as
 * constants, the ids made since `began` to be made anew.
 */
export const perFloor = (sent: readonly Statement[], context: Record<string, string>, began: number): Statement[] => {
  const made = new Map<string, string>()
  const anew = (value: unknown): unknown =>
    typeof value === 'string'
      ? value.replace(ids, id => {
          if (parseInt(id.slice(0, 8) + id.slice(9, 13), 16) < began) return id
          return made.get(id) ?? made.set(id, madeId(made.size)).get(id)!
        })
      : Array.isArray(value)
        ? value.map(anew)
        : value
  return sent
    .filter(({ text }) => !ours.some(o => o.test(text)))
    .map(({ text, values }) => ({
      text: text.replace(/(?:ctx\.|\b(?=hir))(\w+)\(/g, (call, name) => context[name]?.replace(/\)$/, '') ?? call),
      values: values.map(anew),
    }))
}
