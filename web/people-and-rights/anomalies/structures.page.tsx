import { countAnomalies } from '../../../contract/people-and-rights/anomalies.ts'
import { call } from '../../platform/api.ts'
import { dayOf, formatDay, formatNumber } from '../../platform/format.ts'
import { useList } from '../../platform/list.ts'
import { useAddress } from '../../platform/navigation.ts'
import { useSearchWords } from '../../platform/search-words.ts'
import { Badge, DataTable, Empty, Loaded, Page, TextField } from '../../ui/index.ts'

/** For the security officer: where the anomalies are. */
export default function StructuresPage() {
  const [{ q = '' }, set] = useAddress()
  const [words, setWords] = useSearchWords(q, set)
  const { query, more } = useList(
    ['rights', 'anomalies', 'structures', q],
    (after, signal) => call(countAnomalies, { query: { ...(q ? { q } : {}), ...(after ? { after } : {}) }, signal }),
    { fresh: true },
  )
  return (
    <Page
      title="Anomalies des accès"
      breadcrumb={[{ label: 'Sécurité', href: '/securite' }]}
      lead="Structure par structure, ce qui ne va pas dans les comptes et les habilitations à cet instant."
    >
      <TextField
        name="q"
        label="Structure"
        type="search"
        width="medium"
        required
        value={words}
        onChange={setWords}
        maxLength={80}
      />
      <Loaded
        query={query}
        lines={8}
        empty={({ items }) =>
          items.length === 0 && (
            <Empty title="Aucune structure de ce nom">Seules les structures qui ont un compte paraissent ici.</Empty>
          )
        }
      >
        {({ items }) => (
          <DataTable
            caption="Anomalies ouvertes par structure"
            hideCaption
            rows={items}
            keyOf={({ organisation }) => organisation.id}
            href={({ organisation }) => `/securite/anomalies/${organisation.id}`}
            {...(more ? { more } : {})}
            columns={[
              { head: 'Structure', cell: ({ organisation }) => organisation.name },
              {
                head: 'Anomalies ouvertes',
                cell: ({ open }) => (open > 0 ? <Badge tone="warning">{formatNumber(open)}</Badge> : 'aucune'),
              },
              {
                head: 'Signalées par l’opérateur',
                cell: ({ supplied }) =>
                  supplied > 0 ? <Badge tone="warning">{formatNumber(supplied)}</Badge> : 'aucune',
              },
              {
                head: 'La plus ancienne',
                cell: ({ oldest }) => (oldest ? `depuis le ${formatDay(dayOf(oldest))}` : '–'),
              },
            ]}
          />
        )}
      </Loaded>
    </Page>
  )
}
