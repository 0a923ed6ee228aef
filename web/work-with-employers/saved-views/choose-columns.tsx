import { type ReactNode, useState } from 'react'
import { idsOf, type ListColumns, useListColumns } from '../../platform/list-columns.ts'
import { Button, CheckboxGroup } from '../../ui/index.ts'
import './choose-columns.css'

/** Folded: the columns of a list. `children`: what else is chosen there, said to the ear by `also`. */
export const ChooseColumns = <Id extends string>({
  columns,
  label = 'Colonnes à montrer',
  also,
  children,
}: {
  columns: ListColumns<Id>
  label?: string
  also?: string
  children?: ReactNode
}) => {
  const { chosen, choose } = useListColumns(columns)
  const [open, setOpen] = useState(false)
  const ids = idsOf(columns.words)
  return (
    <div className="cc-choose-columns">
      <Button
        size="small"
        priority="tertiary no outline"
        expanded={open}
        icon={open ? 'fr-icon-arrow-up-s-line' : 'fr-icon-arrow-down-s-line'}
        iconPosition="right"
        onClick={() => setOpen(!open)}
      >
        Colonnes{also && <span className="fr-sr-only"> {also}</span>}
      </Button>
      {open && children}
      {open && (
        <CheckboxGroup
          name="colonnes"
          label={label}
          hint="Gardées dans l’adresse de la page"
          options={ids.map(value => ({ value, label: columns.words[value] }))}
          value={chosen}
          onChange={next => choose(ids.filter(one => next.includes(one)))}
        />
      )}
    </div>
  )
}
