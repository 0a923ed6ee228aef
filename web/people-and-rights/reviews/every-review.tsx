import { formatCount, formatDay, formatInstant } from '../../platform/format.ts'
import { useAddress } from '../../platform/navigation.ts'
import { Badge, DataTable, Loaded, Notice, TagChoice } from '../../ui/index.ts'
import { all, lateOnly, useDue } from './reviews-due.ts'

export const Everyone = () => {
  const [search, setAddress] = useAddress()
  const late = search['etat'] === lateOnly.value
  const { query, more } = useDue(late)
  return (
    <>
      <TagChoice
        label="Quelles structures"
        options={[all, lateOnly]}
        value={late ? lateOnly.value : all.value}
        onChange={etat => setAddress({ etat })}
      />
      <Loaded
        query={query}
        lines={8}
        empty={({ items }) =>
          items.length === 0 && (
            <Notice>{late ? 'Aucune structure n’est en retard.' : 'Aucune structure n’a de revue à faire.'}</Notice>
          )
        }
      >
        {({ items }) => (
          <DataTable
            caption="Revues par structure, la plus proche échéance d’abord"
            hideCaption
            rows={items}
            keyOf={({ organisation }) => organisation.id}
            href={({ open }) => (open ? `/revues/${open.id}` : undefined)}
            {...(more ? { more } : {})}
            columns={[
              { head: 'Structure', cell: ({ organisation }) => organisation.name },
              {
                head: 'Échéance',
                cell: ({ dueOn, late: isLate }) => (
                  <>
                    {dueOn ? formatDay(dueOn) : 'à venir'} {isLate && <Badge tone="error">en retard</Badge>}
                  </>
                ),
              },
              {
                head: 'En cours',
                cell: ({ open }) => (open ? formatCount(open.undecided, 'ligne à décider', 'lignes à décider') : 'non'),
              },
              {
                head: 'Dernière close',
                cell: ({ lastClosedAt }) => (lastClosedAt ? formatInstant(lastClosedAt) : 'aucune'),
              },
            ]}
          />
        )}
      </Loaded>
    </>
  )
}
