import { type InfiniteData, useMutation } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { listTargets, releaseTarget, setTargetAside, takeTarget, targetStatuses } from '../../contract/campaigns.ts'
import type { Reply } from '../../contract/route.ts'
import { RecordExchange } from '../exchanges/record-exchange.tsx'
import { call } from '../platform/api.ts'
import { formatCount } from '../platform/format.ts'
import { useList } from '../platform/list.ts'
import { useAddress } from '../platform/navigation.ts'
import { asProblem } from '../platform/problem.ts'
import { queryClient } from '../platform/query.ts'
import { useMe } from '../platform/session.ts'
import { useShortcut } from '../platform/shortcuts.ts'
import { announce, Badge, Button, Checkbox, DataTable, Dialog, Empty, Form, Loaded, Refused, RelativeDay, SelectField, TextArea, TextField } from '../ui/index.ts'
import { campaignQuery, withinKey } from './queries.ts'
import { type Campaign, lineActivity, lineName, shortOrganisation, type Target, targetStatusWords } from './words.ts'

export const TargetsTab = ({ campaign }: { campaign: Campaign }) => {
  const [{ statut, miennes, q = '' }, setAddress] = useAddress()
  const status = targetStatuses.find(one => one === statut)
  const filter = { ...(status ? { status } : {}), ...(miennes ? { mine: true } : {}), ...(q ? { q } : {}) }
  const key = withinKey(campaign.id, 'targets', filter)
  const { query, more } = useList(key, (after, signal) =>
    call(listTargets, { params: { campaignId: campaign.id }, query: { ...filter, ...(after ? { after } : { total: true }) }, signal }), { fresh: true })
  const [aside, setAside] = useState<Target | null>(null)
  const [recording, setRecording] = useState<Target | null>(null)
  const rows = useRef<HTMLDivElement>(null)

  const replace = (target: Target) => {
    queryClient.setQueryData<InfiniteData<Reply<typeof listTargets>>>(key, data => data && {
      ...data, pages: data.pages.map(page => ({ ...page, items: page.items.map(one => (one.establishment.siret === target.establishment.siret ? target : one)) })),
    })
    void queryClient.invalidateQueries({ queryKey: campaignQuery(campaign.id).queryKey })
  }
  const work = useMutation({
    mutationFn: ({ act, target }: { act: 'take' | 'release'; target: Target }) => call(act === 'take' ? takeTarget : releaseTarget, { params: { campaignId: campaign.id, siret: target.establishment.siret } }),
    onSuccess: (target, { act }) => {
      replace(target)
      announce(act === 'take' ? `${lineName(target.establishment)} : vous vous en occupez.` : `${lineName(target.establishment)} est rendu.`)
    },
    onError: error => {
      announce(asProblem(error).detail)
      void queryClient.invalidateQueries({ queryKey: key })
    },
  })
  // On the row where one stands; the panel opens over the list, which stays where it was.
  useShortcut('new', () => {
    const link = document.activeElement?.closest('tr')?.querySelector('[data-row-stop]')?.getAttribute('href')
    const target = query.data?.items.find(({ establishment: { siret } }) => link === `/etablissements/${siret}`)
    if (!target?.allowed.includes('record') || !rows.current?.contains(document.activeElement)) return false
    setRecording(target)
  })
  const filtered = !!(status || miennes || q)
  return (
    <>
      <Filters q={q} status={status} mine={!!miennes} set={setAddress} />
      {work.isError && <Refused problem={work.error}>{asProblem(work.error).code === 'target/taken-by-other' && <p>La liste vient d’être actualisée : elle dit qui.</p>}</Refused>}
      <Loaded query={query} lines={8} empty={({ items }) => items.length === 0 && (filtered
        ? <Empty title="Aucune cible ne correspond" action={<Button size="small" priority="secondary" onClick={() => setAddress({ statut: undefined, miennes: undefined, q: undefined })}>Voir toutes les cibles</Button>}>{miennes ? 'Vous ne vous occupez d’aucune cible ainsi filtrée. Choisissez « Je m’en occupe » sur celles que vous prenez.' : 'Élargissez les filtres.'}</Empty>
        : <Empty title="Aucune cible">{campaign.allowed.includes('edit') ? 'Reprenez la préparation pour choisir des établissements.' : 'Les établissements à contacter seront indiqués ici.'}</Empty>)}>
        {({ items, total }) => (
          <div className="cc-early-cards" ref={rows}><DataTable
            caption={total === undefined ? 'Cibles' : `${formatCount(total, 'cible')}${!filtered && total > campaign.counts.targets ? `, dont ${formatCount(total - campaign.counts.targets, 'mise de côté', 'mises de côté')}` : ''}`}
            rows={items}
            keyOf={({ establishment: { siret } }) => siret}
            href={({ establishment: { siret } }) => `/etablissements/${siret}`}
            columns={[
              { head: 'Établissement', cell: ({ establishment }) => lineName(establishment) },
              { head: 'Lieu et activité', cell: ({ establishment }) => <span className="cc-two cc-two--wide">{establishment.town}<span className="fr-hint-text">{lineActivity(establishment)}</span></span> },
              { head: 'État', cell: target => <TargetState target={target} /> },
              { head: 'Qui s’en occupe', cell: target => <TakenBy target={target} campaign={campaign} /> },
              { head: 'Dernier contact', cell: ({ lastContact }) => lastContact && <span className="cc-two"><RelativeDay date={lastContact.occurredOn} /><span className="fr-hint-text">{shortOrganisation(lastContact.organisation.name)}</span></span> },
            ]}
            acts={target => <Acts target={target} record={() => setRecording(target)} busy={work.isPending} act={act => work.mutate({ act, target })} setAside={() => setAside(target)} />}
            {...(more ? { more } : {})}
          /></div>
        )}
      </Loaded>
      {campaign.status === 'open' && !campaign.allowed.includes('work-targets') && <p className="fr-text--sm fr-mt-2w fr-mb-0">Les conseillers des structures membres, habilités sur ce territoire, prennent les cibles en charge et enregistrent les échanges. Pour en être, adressez-vous à votre responsable de gestion de comptes (RGC).</p>}
      {campaign.status === 'draft' && <p className="fr-text--sm fr-mt-2w fr-mb-0">Les cibles se travaillent une fois la campagne ouverte.</p>}
      {(campaign.status === 'closed' || campaign.status === 'archived') && <p className="fr-text--sm fr-mt-2w fr-mb-0">La campagne est close : ses cibles sont libérées. Les échanges avec ces employeurs s’enregistrent depuis leur fiche.</p>}
      {recording && <RecordExchange siret={recording.establishment.siret} name={lineName(recording.establishment)} campaignId={campaign.id} onClose={() => setRecording(null)} />}
      {aside && <AsideDialog target={aside} campaign={campaign} onClose={() => setAside(null)} onDone={replace} />}
    </>
  )
}

const Filters = ({ q, status, mine, set }: { q: string; status: Target['status'] | undefined; mine: boolean; set: (change: Record<string, string | undefined>) => void }) => {
  const [words, setWords] = useState(q)
  useEffect(() => setWords(q), [q])
  useEffect(() => {
    const timer = setTimeout(() => words.trim() !== q && set({ q: words.trim() }), 300)
    return () => clearTimeout(timer)
  }, [words, q, set])
  return (
    <search className="cc-filters" aria-label="Filtrer les cibles">
      <TextField name="q" label="Nom, commune ou SIRET" type="search" required value={words} onChange={setWords} maxLength={80} />
      <SelectField name="statut" label="État" required placeholder="Tous" value={status ?? ''} onChange={value => set({ statut: value })} options={targetStatuses.map(one => ({ value: one, label: capital(targetStatusWords[one].word) }))} />
      <Checkbox label="Les miennes" checked={mine} onChange={on => set({ miennes: on ? '1' : undefined })} />
    </search>
  )
}
const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1)

const TargetState = ({ target: { status, shared, setAsideReason } }: { target: Target }) => (
  <span className="cc-two">
    <Badge tone={targetStatusWords[status].tone}>{targetStatusWords[status].word}</Badge>
    {setAsideReason && <span className="fr-hint-text">{setAsideReason}</span>}
    {shared && <span className="fr-hint-text">partagée avec une autre campagne</span>}
  </span>
)

const TakenBy = ({ target: { takenBy }, campaign }: { target: Target; campaign: Campaign }) => {
  const me = useMe()
  if (!takenBy) return null
  const organisation = campaign.members.find(({ id }) => id === takenBy.organisationId)?.name
  return <span className="cc-two">{takenBy.id === me.account.id ? 'Vous' : takenBy.name}{organisation && <span className="fr-hint-text">{shortOrganisation(organisation)}</span>}</span>
}

const Acts = ({ target: { allowed, establishment }, record, busy, act, setAside }: { target: Target; record: () => void; busy: boolean; act: (act: 'take' | 'release') => void; setAside: () => void }) => {
  const name = <span className="fr-sr-only"> : {lineName(establishment)}</span>
  if (!allowed.length) return null
  return (
    <span className="cc-row-acts">
      {allowed.includes('record') && <Button size="small" priority="secondary" icon="fr-icon-add-line" onClick={record}>Échange<span className="fr-sr-only"> à enregistrer</span>{name}</Button>}
      {allowed.includes('take') && <Button size="small" priority="tertiary no outline" busy={busy} onClick={() => act('take')}>Je m’en occupe{name}</Button>}
      {allowed.includes('release') && <Button size="small" priority="tertiary no outline" busy={busy} onClick={() => act('release')}>Rendre{name}</Button>}
      {allowed.includes('set-aside') && <Button size="small" priority="tertiary no outline" onClick={setAside}>Mettre de côté{name}</Button>}
    </span>
  )
}

const AsideDialog = ({ target, campaign, onClose, onDone }: { target: Target; campaign: Campaign; onClose: () => void; onDone: (target: Target) => void }) => (
  <Dialog title="Mettre de côté" onClose={onClose}>
    <p><strong>{lineName(target.establishment)}</strong>{target.establishment.town && `, ${target.establishment.town}`} ne sera plus à contacter dans cette campagne, et pourra être retenu par une autre.</p>
    <Form
      submit="Mettre de côté"
      done="La cible est mise de côté."
      onCancel={onClose}
      onSubmit={async ({ reason }, { idempotencyKey }) => {
        onDone(await call(setTargetAside, { params: { campaignId: campaign.id, siret: target.establishment.siret }, body: { reason: reason!.trim() }, idempotencyKey }))
        onClose()
      }}
    >
      <TextArea name="reason" label="Motif" hint="Les membres de la campagne le liront" required maxLength={300} rows={3} />
    </Form>
  </Dialog>
)
