import { useEffect, useState } from 'react'
import type { Static } from 'typebox'
import { listTargets, type TargetFilter, targetStatuses } from '../../contract/campaigns.ts'
import type { Reply } from '../../contract/route.ts'
import type { countTargets } from '../../contract/target-views.ts'
import { call } from '../platform/api.ts'
import { formatCount } from '../platform/format.ts'
import { useList } from '../platform/list.ts'
import { Badge, Button, DataTable, Loaded, SelectField, TextField } from '../ui/index.ts'
import { withinKey } from './queries.ts'
import { type Campaign, lineActivity, lineName, shortOrganisation, targetStatusWords } from './words.ts'

export type Filter = Static<typeof TargetFilter>
/** Filters as they stand in the address. */
export interface Address { readonly statut?: string; readonly q?: string; readonly a?: string; readonly activite?: string; readonly zone?: string }
export const filterOf = ({ statut, q, a, activite, zone }: Address): Filter => {
  const status = targetStatuses.find(one => one === statut)
  return {
    ...(status ? { status } : {}), ...(q ? { q } : {}), ...(a === 'personne' ? { free: true } : a ? { organisation: a } : {}), ...(activite ? { activity: activite } : {}),
    ...(!zone ? {} : zone.startsWith('c') ? { commune: zone.slice(1) } : { territory: Number(zone) }),
  }
}
/** Those treated or set aside are never shared out. */
const shareable: readonly (typeof targetStatuses)[number][] = targetStatuses.filter(status => status !== 'traite' && status !== 'ecarte')
const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1)

/** Which targets: what the filters find, but those unticked. `all` are the counts without filter: what can be chosen. */
export const SelectionFields = ({ campaign, address, all, set }: { campaign: Campaign; address: Address; all: Reply<typeof countTargets> | undefined; set: (change: Record<string, string | undefined>) => void }) => {
  const { statut = '', q = '', a = '', activite = '', zone = '' } = address
  const [words, setWords] = useState(q)
  useEffect(() => {
    const timer = setTimeout(() => words.trim() !== q && set({ q: words.trim() }), 300)
    return () => clearTimeout(timer)
  }, [words, q, set])
  return (
    <search className="cc-sharing-filters" aria-label="Choisir les cibles à répartir">
      <SelectField name="statut" label="État" required placeholder="Tous" value={statut} onChange={value => set({ statut: value })} options={shareable.map(value => ({ value, label: capital(targetStatusWords[value].word) }))} />
      <SelectField name="a" label="Confiées à" required placeholder="Tout le monde" value={a} onChange={value => set({ a: value })} options={[{ value: 'personne', label: 'Personne' }, ...campaign.members.map(({ id, name }) => ({ value: id, label: shortOrganisation(name) }))]} />
      <SelectField name="zone" label="Zone" required placeholder="Toutes" value={zone} onChange={value => set({ zone: value })} options={(all?.zones ?? []).flatMap(({ zone: one, name, count }) => (one === null ? [] : [{ value: typeof one === 'number' ? String(one) : `c${one}`, label: `${name} (${count})` }]))} />
      <SelectField name="activite" label="Activité" required placeholder="Toutes" value={activite} onChange={value => set({ activite: value })} options={(all?.activities ?? []).flatMap(({ code, label, count }) => (code === null ? [] : [{ value: code, label: `${label} (${count})` }]))} />
      <TextField name="q" label="Nom, commune ou SIRET" type="search" required value={words} onChange={setWords} maxLength={80} />
    </search>
  )
}

/** The targets that the filters find; those unticked are left out. */
export const Exceptions = ({ campaign, filter, except, onChange }: { campaign: Campaign; filter: Filter; except: ReadonlySet<string>; onChange: (except: ReadonlySet<string>) => void }) => {
  const { query, more } = useList(withinKey(campaign.id, 'targets', 'sharing', filter), (after, signal) =>
    call(listTargets, { params: { campaignId: campaign.id }, query: { ...filter, ...(after ? { after } : { total: true }) }, signal }), { fresh: true })
  return (
    <Loaded query={query} lines={6}>
      {({ items }) => {
        const rows = items.filter(({ status }) => shareable.includes(status))
        return (
          <DataTable
            caption="Décochez celles qui ne sont pas à répartir"
            rows={rows}
            keyOf={({ establishment: { siret } }) => siret}
            selection={{
              selected: new Set(rows.map(({ establishment: { siret } }) => siret).filter(siret => !except.has(siret))),
              nameOf: ({ establishment }) => lineName(establishment),
              onChange: selected => {
                const shown = rows.map(({ establishment: { siret } }) => siret)
                onChange(new Set([...[...except].filter(siret => !shown.includes(siret)), ...shown.filter(siret => !selected.has(siret))]))
              },
            }}
            columns={[
              { head: 'Établissement', cell: ({ establishment }) => lineName(establishment) },
              { head: 'Lieu et activité', cell: ({ establishment }) => <span className="cc-two">{establishment.town}<span className="fr-hint-text">{lineActivity(establishment)}</span></span> },
              { head: 'État', cell: ({ status }) => <Badge tone={targetStatusWords[status].tone}>{targetStatusWords[status].word}</Badge> },
              { head: 'À qui', cell: ({ takenBy, assignedTo }) => takenBy?.name ?? (assignedTo && shortOrganisation(assignedTo.name)) ?? <span className="cc-absent">personne</span> },
            ]}
            {...(more ? { more } : {})}
          />
        )
      }}
    </Loaded>
  )
}

/** Opens the list of exceptions. */
export const ExceptionsToggle = ({ open, count, onToggle }: { open: boolean; count: number; onToggle: () => void }) => (
  <Button size="small" priority="tertiary" expanded={open} onClick={onToggle}>{open ? 'Masquer la liste' : count ? `Voir la liste (${formatCount(count, 'retirée')})` : 'Voir la liste, en retirer'}</Button>
)
