import { TagChoice } from '../../ui/index.ts'

/** All that the filters find but those unticked, or those ticked alone. */
export type Ticking = 'except' | 'only'

export const TickingChoice = ({ value, onChange }: { value: Ticking; onChange: (ticking: Ticking) => void }) => (
  <TagChoice
    label="Ce que l’on coche"
    value={value}
    onChange={onChange}
    options={[
      { value: 'except', label: 'Toutes, sauf celles décochées' },
      { value: 'only', label: 'Seulement celles cochées' },
    ]}
  />
)

/**
 * The ticks of the rows shown, by their ids. `picked`: those left out, or those kept, rows that are not shown among
 * them.
 */
export const tickedRows = (
  shown: readonly string[],
  ticking: Ticking,
  picked: ReadonlySet<string>,
  onPicked: (picked: ReadonlySet<string>) => void,
) => {
  const only = ticking === 'only'
  return {
    selected: new Set(shown.filter(id => picked.has(id) === only)),
    onChange: (selected: ReadonlySet<string>) => {
      const here = new Set(shown)
      const elsewhere = [...picked].filter(id => !here.has(id))
      onPicked(new Set([...elsewhere, ...shown.filter(id => selected.has(id) === only)]))
    },
  }
}
