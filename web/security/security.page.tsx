import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { listReviewsDue } from '../../contract/reviews.ts'
import type { Reply } from '../../contract/route.ts'
import { blockAccount, findPeople, liftBlock, listBlocks } from '../../contract/security.ts'
import { call } from '../platform/api.ts'
import { dayOf, formatCount, formatDay, formatInstant } from '../platform/format.ts'
import { useList } from '../platform/list.ts'
import { queryClient } from '../platform/query.ts'
import { Badge, Button, ButtonRow, DataTable, Dialog, Empty, Form, Link, Loaded, Notice, Page, RelativeDay, Section, SelectField, tellReader, TextArea, TextField } from '../ui/index.ts'

type Block = Reply<typeof listBlocks>['items'][number]
const blocksChanged = () => queryClient.invalidateQueries({ queryKey: ['security'] })
const causeWords = { 'suspect-use': 'usage inhabituel', exceptional: 'acte exceptionnel' } as const

export default function SecurityPage() {
  const query = useQuery({ queryKey: ['security', 'blocks'], queryFn: ({ signal }) => call(listBlocks, { signal }), refetchOnMount: 'always' })
  const [blocking, setBlocking] = useState(false)
  const [lifting, setLifting] = useState<Block | null>(null)
  return (
    <Page title="Sécurité" lead="Les accès bloqués, et ce que le correspondant sécurité de l’opérateur (CSSI) doit vérifier."
      actions={query.data && <ButtonRow><Button onClick={() => setBlocking(true)}>Bloquer un compte</Button><Link href="/securite/rgc">Actes d’engagement et attestations</Link><Link href="/securite/anomalies">Anomalies des accès</Link></ButtonRow>}>
      <Loaded query={query} empty={({ items }) => items.length === 0 && <Empty title="Aucun accès n’a été bloqué">Un compte paraît ici dès qu’un usage inhabituel le bloque, ou que vous le bloquez.</Empty>}>
        {({ items }) => {
          const open = items.filter(b => b.liftedAt === null)
          const closed = items.filter(b => b.liftedAt !== null)
          return (
            <>
              <Section title={`En cours (${open.length})`}>
                {open.length === 0 ? <Empty title="Aucun accès n’est bloqué" /> : (
                  <DataTable caption="Accès bloqués" hideCaption rows={open} keyOf={({ id }) => id} columns={[
                    { head: 'Personne', cell: ({ person, organisation }) => <span>{person.name}<span className="fr-hint-text">{organisation.name}</span></span> },
                    { head: 'Cause', cell: ({ cause }) => <Badge tone={cause === 'exceptional' ? 'warning' : 'error'}>{causeWords[cause]}</Badge> },
                    { head: 'Motif', cell: ({ reason, incident }) => <span>{reason}{incident && <span className="fr-hint-text">Incident : {incident}</span>}</span> },
                    { head: 'Bloqué', cell: ({ blockedAt, by }) => <span>le {formatInstant(blockedAt)}<span className="fr-hint-text">par {by?.name ?? 'une règle de détection'}</span></span> },
                  ]} acts={block => block.allowed.includes('lift') && <Button size="small" priority="secondary" onClick={() => setLifting(block)}>Lever<span className="fr-sr-only"> le blocage de {block.person.name}</span></Button>} />
                )}
              </Section>
              {closed.length > 0 && (
                <Section title="Levés">
                  <DataTable caption="Blocages levés" hideCaption rows={closed} keyOf={({ id }) => id} columns={[
                    { head: 'Personne', cell: ({ person, organisation }) => <span>{person.name}<span className="fr-hint-text">{organisation.name}</span></span> },
                    { head: 'Motif', cell: ({ reason }) => reason },
                    { head: 'Constat', cell: ({ verdict }) => verdict },
                    { head: 'Levé', cell: ({ liftedAt, liftedBy }) => `le ${formatDay(dayOf(liftedAt!))}${liftedBy ? ` par ${liftedBy.name}` : ''}` },
                  ]} />
                </Section>
              )}
            </>
          )
        }}
      </Loaded>
      <LateReviews />
      {blocking && <BlockDialog onClose={() => setBlocking(false)} />}
      {lifting && (
        <Dialog title={`Lever le blocage de ${lifting.person.name}`} onClose={() => setLifting(null)}>
          <p>Notez ce que vous avez vérifié : le constat est gardé, et envoyé à la structure. Les droits reviennent aussitôt.</p>
          <Form submit="Lever le blocage" onCancel={() => setLifting(null)} onSubmit={async (values, { idempotencyKey }) => {
            const { told } = await call(liftBlock, { params: { blockId: lifting.id }, body: { verdict: values.verdict! }, idempotencyKey })
            await blocksChanged()
            tellReader('Le blocage est levé.', told)
            setLifting(null)
          }}><TextArea name="verdict" label="Constat" hint="Par exemple : usage confirmé par téléphone avec la personne et son RGC" required maxLength={500} rows={4} check={value => (value.trim().length < 10 ? 'Dix caractères au moins.' : undefined)} /></Form>
        </Dialog>
      )}
    </Page>
  )
}

/** Which structures are late with their review of accounts, and since when (ACC-8). */
const LateReviews = () => {
  const { query, more } = useList(['reviews', 'due', true], (after, signal) => call(listReviewsDue, { query: { limit: 50, late: true, ...(after ? { after } : {}) }, signal }), { fresh: true })
  return (
    <Section title="Revues des accès en retard" actions={<Link href="/revues">Toutes les revues</Link>}>
      <Loaded query={query} lines={3} empty={({ items }) => items.length === 0 && <Empty title="Aucune revue n’est en retard" />}>
        {({ items }) => (
          <DataTable caption="Revues des accès en retard, la plus ancienne échéance d’abord" hideCaption rows={items} keyOf={({ organisation }) => organisation.id} href={({ open }) => (open ? `/revues/${open.id}` : undefined)} {...(more ? { more } : {})} columns={[
            { head: 'Structure', cell: ({ organisation }) => organisation.name },
            { head: 'Due', cell: ({ dueOn }) => <span className="cc-two">le {formatDay(dueOn!)}<span className="fr-hint-text"><RelativeDay date={dueOn!} /></span></span> },
            { head: 'Où elle en est', cell: ({ open }) => (open ? `${formatCount(open.undecided, 'ligne')} à décider` : 'pas commencée') },
          ]} />
        )}
      </Loaded>
    </Section>
  )
}

const BlockDialog = ({ onClose }: { onClose: () => void }) => {
  const [words, setWords] = useState('')
  const q = words.trim()
  const found = useQuery({ queryKey: ['security', 'people', q], queryFn: ({ signal }) => call(findPeople, { query: { q }, signal }), enabled: q.length >= 2 })
  return (
    <Dialog title="Bloquer un compte" onClose={onClose}>
      <Notice tone="warning">Réservé à un incident de sécurité ou à une nécessité. Le RGC de la structure est prévenu aussitôt, et l’acte est marqué comme exceptionnel dans le journal.</Notice>
      <Form submit="Bloquer" onCancel={onClose} onSubmit={async (values, { idempotencyKey }) => {
        const { told } = await call(blockAccount, { body: { accountId: values.accountId!, reason: values.reason!, incident: values.incident! }, idempotencyKey })
        await blocksChanged()
        tellReader('Le compte est bloqué.', told)
        onClose()
      }}>
        <TextField name="words" label="Nom de la personne" hint="Deux lettres au moins" required value={words} onChange={setWords} />
        <SelectField name="accountId" label="Compte" required placeholder={q.length < 2 ? 'Cherchez d’abord un nom' : found.data?.items.length === 0 ? 'Aucun compte de ce nom' : 'Sélectionner un compte'} options={(found.data?.items ?? []).map(({ person, organisation }) => ({ value: person.id, label: `${person.name}, ${organisation.name}` }))} />
        <TextArea name="reason" label="Motif" required maxLength={500} rows={3} check={value => (value.trim().length < 10 ? 'Dix caractères au moins.' : undefined)} />
        <TextField name="incident" label="Référence de l’incident" required maxLength={100} width="medium" />
      </Form>
    </Dialog>
  )
}
