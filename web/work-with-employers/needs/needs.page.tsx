import { listNeeds } from '../../../contract/work-with-employers/needs.ts'
import { PageIfOpen } from '../../agreement/tools/if-open.tsx'
import { ExportList } from '../../exports/export-list.tsx'
import { call } from '../../platform/api.ts'
import { formatCount } from '../../platform/format.ts'
import { useList } from '../../platform/list.ts'
import { fullName, townWords } from '../../platform/names.ts'
import { useAddress } from '../../platform/navigation.ts'
import { Badge, Button, DataTable, Empty, Link, Loaded, Page, SelectField, Tabs } from '../../ui/index.ts'
import { LineMarks } from '../campaigns/employer-name.tsx'
import { SatisfactionCounts } from '../satisfaction/satisfaction-counts.tsx'
import { NeedsFilters, useNeedFilters } from './needs-filters.tsx'
import { type NeedsOrder, useNeedsOrder } from './needs-order.ts'
import type { NeedLine } from './queries.ts'
import { ReceivedNeeds } from './received-needs.tsx'
import { ageWords, hiredWords, holderWords, needStateWords, termsWords, whatWords } from './words.ts'
import './needs.css'

/** Needs that one reads, and those that other structures propose to one's own. */
const Needs = () => {
  const [{ onglet }, write] = useAddress()
  const filters = useNeedFilters()
  const { filter } = filters
  const order = useNeedsOrder()
  const { sort } = order
  const { query, more } = useList(
    ['needs', 'list', { ...filter, sort }],
    (after, signal) =>
      call(listNeeds, { query: { ...filter, sort, ...(after ? { after } : { total: true }) }, signal }),
    { fresh: true },
  )
  const current = onglet === 'proposes' ? 'proposes' : 'tous'
  return (
    <Page title="Besoins" lead="Ce que demandent les employeurs de votre périmètre, et ce qu’on vous propose.">
      <p>
        <Link href="/besoins/ma-structure">Ce que prend ma structure</Link>
      </p>
      <Tabs
        label="Besoins"
        current={current}
        onChange={id => write({ onglet: id === 'proposes' ? id : undefined })}
        tabs={[
          { id: 'tous', label: 'Besoins' },
          { id: 'proposes', label: 'Proposés à ma structure', count: query.data?.received },
        ]}
      >
        {current === 'proposes' ? (
          <ReceivedNeeds />
        ) : (
          <>
            <NeedsFilters of={filters} />
            <SatisfactionCounts territory={filter.territory} />
            <Loaded
              query={query}
              lines={6}
              empty={({ items }) =>
                items.length === 0 && <None filtered={Object.keys(filter).length > 0} onAll={filters.none} />
              }
            >
              {({ items, total }) => (
                <>
                  {items.length > 1 && (
                    <div className="cc-need__filters">
                      <SelectField {...order.field} />
                    </div>
                  )}
                  <ExportList list="needs" filter={{ ...filter, sort }} />
                  <NeedsTable items={items} total={total} order={order} {...(more ? { more } : {})} />
                </>
              )}
            </Loaded>
          </>
        )}
      </Tabs>
    </Page>
  )
}

const NeedsTable = ({
  items,
  total,
  order: { sortingBy },
  more,
}: {
  items: readonly NeedLine[]
  total: number | undefined
  order: NeedsOrder
  more?: NonNullable<ReturnType<typeof useList>['more']>
}) => (
  <DataTable
    caption={total === undefined ? 'Besoins' : formatCount(total, 'besoin')}
    rows={items}
    keyOf={({ id }) => id}
    href={({ id }) => `/besoins/${id}`}
    columns={[
      { head: 'Besoin', cell: need => whatWords(need), sort: sortingBy('what') },
      {
        head: 'Employeur',
        cell: ({ establishment }) => (
          <span className="cc-two">
            <span>
              {fullName(establishment)}
              <LineMarks line={establishment} />
            </span>
            <span className="fr-hint-text">{townWords(establishment.town)}</span>
          </span>
        ),
        sort: sortingBy('employer'),
      },
      { head: 'Conditions', cell: need => termsWords(need) },
      {
        head: 'État',
        cell: need => (
          <span className="cc-two">
            <Badge tone={needStateWords[need.state].tone}>{needStateWords[need.state].word}</Badge>
            {need.hired > 0 && <span className="fr-hint-text">{hiredWords(need)}</span>}
          </span>
        ),
        sort: sortingBy('state'),
      },
      { head: 'Suivi par', cell: need => holderWords(need), sort: sortingBy('holder') },
      { head: 'Âge', cell: need => ageWords(need), sort: sortingBy('noted') },
    ]}
    {...(more ? { more } : {})}
  />
)

const None = ({ filtered, onAll }: { filtered: boolean; onAll: () => void }) =>
  filtered ? (
    <Empty
      title="Aucun besoin ne répond à ces filtres"
      action={
        <Button priority="secondary" onClick={onAll}>
          Tout afficher
        </Button>
      }
    />
  ) : (
    <Empty title="Aucun besoin noté">
      Un besoin se note depuis la fiche d’un employeur, « Noter un besoin », ou depuis un échange qui l’a détecté.
    </Empty>
  )

export default function NeedsPage() {
  return (
    <PageIfOpen category="besoins" title="Besoins">
      <Needs />
    </PageIfOpen>
  )
}
