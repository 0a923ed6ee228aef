import { useState } from 'react'
import { listPortfolio, plannedParts } from '../../../contract/work-with-employers/portfolio.ts'
import { call } from '../../platform/api.ts'
import { formatCount } from '../../platform/format.ts'
import { useList } from '../../platform/list.ts'
import { lineName, townWords } from '../../platform/names.ts'
import { useAddress } from '../../platform/navigation.ts'
import { Button, DataTable, Loaded, Section, SelectField, TagChoice } from '../../ui/index.ts'
import { EmployerName } from '../campaigns/employer-name.tsx'
import { Due } from '../exchanges/next-action-parts.tsx'
import { actionWords } from '../exchanges/words.ts'
import { type Ticking, TickingChoice, tickedRows } from '../sharing/ticking.tsx'
import { formatSubjects } from './words.ts'

/** As the service takes them. */
const mostPicked = 5000
const partWords = {
  planned: 'Toutes',
  late: 'En retard',
  today: 'Aujourd’hui',
  week: 'Dans les sept jours',
} as const

/** Which of one’s planned actions: those of the filter but some, or those ticked. `anew`: told when they change. */
export const useActions = (anew: () => void) => {
  const [{ campagne, partie }, setAddress] = useAddress()
  const part = plannedParts.find(one => one === partie) ?? 'planned'
  const filter = { ...(campagne ? { campaign: campagne } : {}), part }
  const [picked, setPicked] = useState<ReadonlySet<string>>(new Set())
  const [ticking, setTicking] = useState<Ticking>('except')
  const { query, more } = useList(
    ['portfolio', { ...filter, moving: true }],
    (after, signal) =>
      call(listPortfolio, { query: { ...filter, ...(after ? { after } : { total: true }), limit: 100 }, signal }),
    { fresh: true },
  )
  const found = query.data?.counts[part]
  const change = (act: () => void) => {
    act()
    anew()
  }
  return {
    part,
    campaign: campagne ?? '',
    filter,
    query,
    more,
    picked,
    ticking,
    total: ticking === 'only' ? picked.size : found && Math.max(0, found - picked.size),
    onAddress: (to: Parameters<typeof setAddress>[0]) =>
      change(() => {
        setPicked(new Set())
        setAddress(to)
      }),
    onTicking: (next: Ticking) =>
      change(() => {
        setTicking(next)
        setPicked(new Set())
      }),
    onPicked: (next: ReadonlySet<string>) => change(() => setPicked(next)),
  }
}
type Actions = ReturnType<typeof useActions>

export const actionsOf = ({ ticking, picked, filter }: Actions) =>
  ticking === 'only' ? { ids: [...picked] } : { filter, ...(picked.size ? { except: [...picked] } : {}) }
/** Why these cannot be counted, if they cannot. */
export const missingActions = ({ ticking, picked }: Actions): string | undefined =>
  ticking === 'only' && !picked.size
    ? 'Cochez au moins une action dans la liste.'
    : picked.size > mostPicked
      ? `Au-delà de ${formatCount(mostPicked, 'cochée')}, servez-vous des filtres.`
      : undefined

/** `purpose`: « à déplacer »; `spared`: what becomes of those left out. */
export const WhichActions = ({
  actions,
  purpose = 'à déplacer',
  spared = 'restent à leur jour',
}: {
  actions: Actions
  purpose?: string
  spared?: string
}) => {
  const { query, part, campaign, total, onAddress } = actions
  const [listed, setListed] = useState(false)
  const { counts, campaigns = [] } = query.data ?? {}
  return (
    <Section title="Quelles actions">
      <TagChoice
        label="Partie du portefeuille"
        value={part}
        onChange={value => onAddress({ partie: value === 'planned' ? undefined : value })}
        options={plannedParts.map(value => ({
          value,
          label: counts ? `${partWords[value]} (${counts[value]})` : partWords[value],
        }))}
      />
      {campaigns.length > 1 && (
        <SelectField
          name="campagne"
          label="Campagne"
          required
          placeholder="Toutes"
          value={campaign}
          onChange={value => onAddress({ campagne: value || undefined })}
          options={campaigns.map(({ id, name }) => ({ value: id, label: name }))}
        />
      )}
      <div className="cc-buttons fr-mt-2w">
        <strong role="status">
          {total === undefined ? 'Décompte en cours' : `${formatSubjects('move-actions', total)} ${purpose}`}
        </strong>
        <Button size="small" priority="tertiary" expanded={listed} onClick={() => setListed(!listed)}>
          {listed ? 'Masquer la liste' : 'Choisir dans la liste'}
        </Button>
      </div>
      {listed && <TickActions actions={actions} purpose={purpose} spared={spared} />}
    </Section>
  )
}

/** The actions that the filters find, to be ticked. */
const TickActions = ({
  actions: { query, more, ticking, picked, onTicking, onPicked },
  purpose,
  spared,
}: {
  actions: Actions
  purpose: string
  spared: string
}) => (
  <>
    <TickingChoice value={ticking} onChange={onTicking} />
    <Loaded
      query={query}
      lines={6}
      empty={({ items }) => items.length === 0 && <p className="fr-mt-2w">Aucune action prévue ici.</p>}
    >
      {({ items }) => {
        const rows = items.flatMap(line => (line.nextAction ? [{ ...line, action: line.nextAction }] : []))
        const shown = rows.map(({ action: { id } }) => id)
        return (
          <DataTable
            caption={ticking === 'only' ? `Cochez celles ${purpose}` : `Décochez celles qui ${spared}`}
            rows={rows}
            keyOf={({ action: { id } }) => id}
            selection={{
              ...tickedRows(shown, ticking, picked, onPicked),
              nameOf: ({ action, establishment }) => `${actionWords[action.kind]}, ${lineName(establishment)}`,
            }}
            columns={[
              { head: 'Établissement', cell: ({ establishment }) => <EmployerName line={establishment} /> },
              {
                head: 'Action',
                cell: ({ action }) => (
                  <span className="cc-two">
                    {actionWords[action.kind]} <Due action={action} />
                  </span>
                ),
              },
              { head: 'Lieu', cell: ({ establishment }) => townWords(establishment.town) ?? '' },
            ]}
            {...(more ? { more } : {})}
          />
        )
      }}
    </Loaded>
  </>
)
