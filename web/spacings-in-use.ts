/** Spacings and columns of the design system: one class a size, a side and a width of screen. */
const utility = /^fr-(?:[mp][trblxy]?|col|grid-row|container)(?:-|$)/
const classes = /(?<=\.)fr-[a-z0-9_-]+/g
const names = /fr-[a-z0-9_-]+/g

/**
 * The classes of spacing and columns of a style sheet that no source names: a fifth of the first style sheet, compressed.
 * `sources`: the text of all that may name one, whole.
 */
export const unusedSpacings = (styles: string, sources: readonly string[]): string[] => {
  const named = new Set(sources.flatMap(source => source.match(names) ?? []))
  return [...new Set(styles.match(classes))].filter(name => utility.test(name) && !named.has(name))
}
