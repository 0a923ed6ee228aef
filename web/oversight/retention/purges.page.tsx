import { listPurges } from '../../../contract/oversight/retention.ts'
import { keptForWords } from '../../../contract/oversight/retention.words.ts'
import { ExportList } from '../../exports/export-list.tsx'
import { call } from '../../platform/api.ts'
import { formatCount, formatDay, formatNumber } from '../../platform/format.ts'
import { useList } from '../../platform/list.ts'
import { useAddress } from '../../platform/navigation.ts'
import { Button, DataTable, DateField, Empty, Loaded, Page } from '../../ui/index.ts'

const day = /^\d{4}-\d{2}-\d{2}$/
/** What an address of one's own making holds that means nothing is left aside. */
const periodOf = ({ du, au }: Record<string, string | undefined>) => ({
  ...(du && day.test(du) ? { from: du } : {}),
  ...(au && day.test(au) ? { to: au } : {}),
})

/** What the purges erased, by day, by table and by structure (PRI-4). */
export default function PurgesPage() {
  const [address, setAddress] = useAddress()
  const period = periodOf(address)
  const filtered = period.from !== undefined || period.to !== undefined
  const { query, more } = useList(
    ['purges', period],
    (after, signal) => call(listPurges, { query: { ...period, ...(after ? { after } : { total: true }) }, signal }),
    { fresh: true },
  )
  return (
    <Page
      title="Effacements"
      lead="Ce que l’outil a effacé de lui-même, arrivé au terme de sa durée : combien, de quelles données, et par quelle règle. Aucune personne n’y est nommée. Ce qu’une suspension garde est compté avec ce qui est effacé. Ce qui dépend d’une ligne s’efface avec elle, sans être compté à part."
      actions={
        <Button priority="secondary" href="/effacements/suspensions">
          Suspensions d’effacement
        </Button>
      }
    >
      <section aria-label="Filtres" className="cc-filters">
        <DateField
          name="du"
          label="Du"
          hint="Premier jour compris"
          required
          value={period.from ?? ''}
          onChange={value => setAddress({ du: value || undefined })}
        />
        <DateField
          name="au"
          label="Au"
          hint="Dernier jour compris"
          required
          value={period.to ?? ''}
          onChange={value => setAddress({ au: value || undefined })}
        />
      </section>
      <Loaded
        query={query}
        lines={8}
        empty={({ items }) =>
          items.length === 0 &&
          (filtered ? (
            <Empty
              title="Rien n’a été effacé sur cette période"
              action={
                <Button size="small" priority="secondary" onClick={() => setAddress({ du: undefined, au: undefined })}>
                  Retirer les filtres
                </Button>
              }
            >
              Élargissez la période.
            </Empty>
          ) : (
            <Empty title="Rien n’a encore été effacé">
              Les données sont examinées chaque nuit. La page « Données personnelles » dit leurs durées.
            </Empty>
          ))
        }
      >
        {({ items, total }) => (
          <>
            <div className="cc-filters">
              <ExportList list="purges" filter={period} />
            </div>
            <DataTable
              caption={formatCount(total ?? items.length, 'ligne')}
              rows={items}
              keyOf={({ on, table, keptFor, since, organisation }) =>
                [on, table, keptFor, since, organisation?.id ?? ''].join(' ')
              }
              {...(more ? { more } : {})}
              columns={[
                { head: 'Jour', cell: ({ on }) => formatDay(on) },
                {
                  head: 'Données',
                  cell: ({ what, category }) => (
                    <span className="cc-two">
                      {what}
                      <span className="fr-hint-text">{category}</span>
                    </span>
                  ),
                },
                {
                  head: 'Durée appliquée',
                  cell: ({ keptFor, since }) => (
                    <span className="cc-two">
                      {keptForWords(keptFor)}
                      <span className="fr-hint-text">{since}</span>
                    </span>
                  ),
                },
                { head: 'Structure', cell: ({ organisation }) => organisation?.name ?? 'D’aucune structure' },
                {
                  head: 'Lignes effacées',
                  cell: ({ erased, held }) => (
                    <span className="cc-two">
                      {formatNumber(erased)}
                      {held > 0 && (
                        <span className="fr-hint-text">
                          {formatCount(held, 'gardée par une suspension', 'gardées par une suspension')}
                        </span>
                      )}
                    </span>
                  ),
                },
              ]}
            />
          </>
        )}
      </Loaded>
    </Page>
  )
}
