import type { Reply } from '../../../contract/route.ts'
import { listTargets } from '../../../contract/work-with-employers/campaigns.ts'
import type { countTargets } from '../../../contract/work-with-employers/targets.ts'
import { call } from '../../platform/api.ts'
import { formatCount } from '../../platform/format.ts'
import { useList } from '../../platform/list.ts'
import { lineActivity, lineName, shortOrganisation, townWords } from '../../platform/names.ts'
import { useSearchWords } from '../../platform/search-words.ts'
import { Badge, Button, Checkbox, DataTable, Loaded, SelectField, TextField } from '../../ui/index.ts'
import { EmployerName } from '../campaigns/employer-name.tsx'
import { withinKey } from '../campaigns/queries.ts'
import { type Campaign, targetStatusWords } from '../campaigns/words.ts'
import type { Address, Filter, TargetStatus } from './sharing-address.ts'
import { type Ticking, TickingChoice, tickedRows } from './ticking.tsx'

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1)

/** Which targets the filters find. `all` are the counts without filter: what can be chosen. */
export const SelectionFields = ({
  campaign,
  statuses,
  purpose,
  address,
  all,
  set,
}: {
  campaign: Campaign
  /** What may be chosen. */
  statuses: readonly TargetStatus[]
  purpose: string
  address: Address
  all: Reply<typeof countTargets> | undefined
  set: (change: Record<string, string | undefined>) => void
}) => {
  const { statut = '', q = '', a = '', activite = '', zone = '', miennes } = address
  const [words, setWords] = useSearchWords(q, set)
  return (
    <search className="cc-sharing-filters" aria-label={`Choisir les cibles ${purpose}`}>
      {statuses.length > 1 && (
        <SelectField
          name="statut"
          label="État"
          required
          placeholder="Tous"
          value={statut}
          onChange={value => set({ statut: value })}
          options={statuses.map(value => ({ value, label: capital(targetStatusWords[value].word) }))}
        />
      )}
      <SelectField
        name="a"
        label="Confiées à"
        required
        placeholder="Tout le monde"
        value={a}
        onChange={value => set({ a: value })}
        options={[
          { value: 'personne', label: 'Personne' },
          ...campaign.members.map(({ id, name }) => ({ value: id, label: shortOrganisation(name) })),
        ]}
      />
      <SelectField
        name="zone"
        label="Zone"
        required
        placeholder="Toutes"
        value={zone}
        onChange={value => set({ zone: value })}
        options={(all?.zones ?? []).flatMap(({ zone: one, name, count }) =>
          one === null
            ? []
            : [{ value: typeof one === 'number' ? String(one) : `c${one}`, label: `${name} (${count})` }],
        )}
      />
      <SelectField
        name="activite"
        label="Activité"
        required
        placeholder="Toutes"
        value={activite}
        onChange={value => set({ activite: value })}
        options={(all?.activities ?? []).flatMap(({ code, label, count }) =>
          code === null ? [] : [{ value: code, label: `${label} (${count})` }],
        )}
      />
      <TextField
        name="q"
        label="Nom, commune ou SIRET"
        type="search"
        required
        value={words}
        onChange={setWords}
        maxLength={80}
      />
      <Checkbox label="Les miennes" checked={!!miennes} onChange={on => set({ miennes: on ? '1' : undefined })} />
    </search>
  )
}

interface TickProps {
  campaign: Campaign
  statuses: readonly TargetStatus[]
  purpose: string
  filter: Filter
  ticking: Ticking
  onTicking: (ticking: Ticking) => void
  picked: ReadonlySet<string>
  onChange: (picked: ReadonlySet<string>) => void
}
/** The targets that the filters find, to be ticked. `picked`: those left out, or those kept. */
export const TickTargets = ({
  campaign,
  statuses,
  purpose,
  filter,
  ticking,
  onTicking,
  picked,
  onChange,
}: TickProps) => {
  const { query, more } = useList(
    withinKey(campaign.id, 'targets', 'sharing', filter),
    (after, signal) =>
      call(listTargets, {
        params: { campaignId: campaign.id },
        query: { ...filter, ...(after ? { after, limit: 200 } : { total: true }) },
        signal,
      }),
    { fresh: true },
  )
  return (
    <>
      <TickingChoice value={ticking} onChange={onTicking} />
      <Loaded
        query={query}
        lines={6}
        empty={({ items }) => items.length === 0 && <p className="fr-mt-2w">Aucune cible ne correspond aux filtres.</p>}
      >
        {({ items }) => {
          const rows = items.filter(({ status }) => statuses.includes(status))
          const shown = rows.map(({ establishment: { siret } }) => siret)
          return (
            <DataTable
              caption={
                ticking === 'only' ? `Cochez celles qui sont ${purpose}` : `Décochez celles qui ne sont pas ${purpose}`
              }
              rows={rows}
              keyOf={({ establishment: { siret } }) => siret}
              selection={{
                ...tickedRows(shown, ticking, picked, onChange),
                nameOf: ({ establishment }) => lineName(establishment),
              }}
              columns={[
                { head: 'Établissement', cell: ({ establishment }) => <EmployerName line={establishment} /> },
                {
                  head: 'Lieu et activité',
                  cell: ({ establishment }) => (
                    <span className="cc-two">
                      {townWords(establishment.town)}
                      <span className="fr-hint-text">{lineActivity(establishment)}</span>
                    </span>
                  ),
                },
                {
                  head: 'État',
                  cell: ({ status }) => (
                    <Badge tone={targetStatusWords[status].tone}>{targetStatusWords[status].word}</Badge>
                  ),
                },
                {
                  head: 'À qui',
                  cell: ({ takenBy, assignedTo }) =>
                    takenBy?.name ??
                    (assignedTo && shortOrganisation(assignedTo.name)) ?? <span className="cc-absent">personne</span>,
                },
              ]}
              {...(more ? { more } : {})}
            />
          )
        }}
      </Loaded>
    </>
  )
}

/** Opens the list where they are ticked. */
export const TickToggle = ({
  open,
  ticking,
  count,
  onToggle,
}: {
  open: boolean
  ticking: Ticking
  count: number
  onToggle: () => void
}) => (
  <Button size="small" priority="tertiary" expanded={open} onClick={onToggle}>
    {open
      ? 'Masquer la liste'
      : count
        ? `Voir la liste (${ticking === 'only' ? formatCount(count, 'cochée') : formatCount(count, 'retirée')})`
        : 'Choisir dans la liste'}
  </Button>
)
