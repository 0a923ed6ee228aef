import { territoryKinds } from '../../../contract/common.ts'
import { listTerritories } from '../../../contract/territory-and-register/territories.ts'
import { call } from '../../platform/api.ts'
import { formatCount, formatNumber } from '../../platform/format.ts'
import { useList } from '../../platform/list.ts'
import { useAddress } from '../../platform/navigation.ts'
import { useSearchWords } from '../../platform/search-words.ts'
import { DataTable, Empty, Loaded, Page, TagChoice, TextField } from '../../ui/index.ts'
import { kindName } from './words.ts'
import './territories.css'

type Kind = (typeof territoryKinds)[number]
const kindOf = (text: string | undefined): Kind | undefined =>
  text === 'tous' ? undefined : (territoryKinds.find(kind => kind === text) ?? 'clpe')

export default function TerritoriesPage() {
  const [{ q = '', type }, setAddress] = useAddress()
  const kind = kindOf(type)
  const [words, setWords] = useSearchWords(q, setAddress)
  const { query, more } = useList(['territories', { q, kind }], (after, signal) =>
    call(listTerritories, {
      query: { ...(q ? { q } : {}), ...(kind ? { kind } : {}), ...(after ? { after } : { total: true }) },
      signal,
    }),
  )
  return (
    <Page
      title="Territoires"
      lead="Les comités locaux pour l’emploi (CLPE), leurs task forces entreprises, et les autres découpages où se font les campagnes."
    >
      <div className="cc-filters">
        <TextField
          name="q"
          label="Nom, nom d’usage ou code"
          type="search"
          width="medium"
          required
          value={words}
          onChange={setWords}
        />
        <TagChoice
          label="Sorte de territoire"
          value={type ?? ''}
          onChange={value => setAddress({ type: value })}
          options={[
            { value: '', label: 'CLPE' },
            { value: 'epci', label: 'Intercommunalités (EPCI)' },
            { value: 'departement', label: 'Départements' },
            { value: 'region', label: 'Régions' },
            { value: 'tous', label: 'Tous' },
          ]}
        />
      </div>
      <Loaded
        query={query}
        empty={({ items }) =>
          items.length === 0 && (
            <Empty title="Aucun territoire ne correspond">
              Vérifiez l’orthographe, ou élargissez à tous les découpages.
            </Empty>
          )
        }
      >
        {({ items, total }) => (
          <DataTable
            caption={total === undefined ? 'Territoires' : formatCount(total, 'territoire')}
            rows={items}
            keyOf={({ id }) => String(id)}
            href={({ id }) => `/territoires/${id}`}
            columns={[
              { head: 'Territoire', cell: ({ name }) => name },
              { head: 'Nom d’usage', cell: ({ alias }) => alias && `« ${alias} »` },
              { head: 'Sorte', cell: one => kindName(one.kind) },
              { head: 'Code', cell: ({ code }) => code },
              { head: 'Communes', cell: ({ communeCount }) => formatNumber(communeCount), numeric: true },
            ]}
            {...(more ? { more } : {})}
          />
        )}
      </Loaded>
    </Page>
  )
}
