import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { theStructure } from '../../../contract/names-in-french.ts'
import { declineNeed } from '../../../contract/work-with-employers/needs.ts'
import { PersonOf } from '../../people-and-rights/directory/person-link.tsx'
import { call } from '../../platform/api.ts'
import { formatInstant } from '../../platform/format.ts'
import { lineName, townWords } from '../../platform/names.ts'
import {
  Badge,
  Button,
  ButtonRow,
  Dialog,
  Empty,
  Form,
  Link,
  Loaded,
  Section,
  TextArea,
  toast,
} from '../../ui/index.ts'
import { LineMarks } from '../campaigns/employer-name.tsx'
import { needsChanged, type ReceivedNeed, receivedNeedsQuery } from './queries.ts'
import { TakeButton } from './take-button.tsx'
import { proposalWords, termsWords, whatWords } from './words.ts'

/** What other structures propose to one's own: to take, taken, settled lately. */
export const ReceivedNeeds = () => {
  const query = useQuery(receivedNeedsQuery)
  return (
    <Loaded
      query={query}
      lines={5}
      empty={({ waiting, taken, settled }) =>
        waiting.length + taken.length + settled.length === 0 && (
          <Empty title="Aucun besoin proposé à votre structure">
            Une autre structure peut vous proposer un besoin d’un employeur que vous pouvez aider : il sera ici, à
            prendre ou à décliner.
          </Empty>
        )
      }
    >
      {({ waiting, taken, settled }) => (
        <>
          <Column title={`À prendre (${waiting.length})`} items={waiting} />
          <Column title={`Pris par nous (${taken.length})`} items={taken} />
          <Column title={`Réglés depuis trente jours (${settled.length})`} items={settled} />
        </>
      )}
    </Loaded>
  )
}

const Column = ({ title, items }: { title: string; items: readonly ReceivedNeed[] }) =>
  items.length === 0 ? null : (
    <Section title={title}>
      <ul className="cc-needs">
        {items.map(one => (
          <Received key={one.proposal.id} received={one} />
        ))}
      </ul>
    </Section>
  )

const Received = ({ received: { proposal, establishment, need, mayTake } }: { received: ReceivedNeed }) => {
  const [declining, setDeclining] = useState(false)
  const { word, tone } = proposalWords[proposal.state]
  const what = `${need ? whatWords(need) : 'Besoin'}, ${lineName(establishment)}`
  return (
    <li className="cc-need">
      <h3>
        {need ? <Link href={`/besoins/${need.id}`}>{what}</Link> : what} <Badge tone={tone}>{word}</Badge>
        <LineMarks line={establishment} />
      </h3>
      {need && termsWords(need) && <p>{termsWords(need)}</p>}
      <p className="cc-need__who">
        {townWords(establishment.town)} · proposé par{' '}
        {proposal.by ? (
          <PersonOf person={proposal.by} structure={proposal.from.name} />
        ) : (
          theStructure(proposal.from.name)
        )}
        , le {formatInstant(proposal.proposedAt)}
      </p>
      {proposal.words && <p>« {proposal.words} »</p>}
      {proposal.overtakenBy && <p>Pris par {theStructure(proposal.overtakenBy.name)}.</p>}
      {proposal.reason && <p>Répondu : « {proposal.reason} »</p>}
      {(mayTake || proposal.allowed.includes('decline')) && (
        <ButtonRow>
          {mayTake && <TakeButton needId={proposal.needId} what={what} size="small" />}
          {proposal.allowed.includes('decline') && (
            <Button size="small" priority="secondary" onClick={() => setDeclining(true)}>
              Décliner…<span className="fr-sr-only"> : {what}</span>
            </Button>
          )}
        </ButtonRow>
      )}
      {declining && <DeclineDialog proposalId={proposal.id} what={what} onClose={() => setDeclining(false)} />}
    </li>
  )
}

const DeclineDialog = ({ proposalId, what, onClose }: { proposalId: string; what: string; onClose: () => void }) => (
  <Dialog title="Décliner ce besoin" onClose={onClose}>
    <p>{what}. La structure qui le propose lira votre réponse, et ne vous le proposera pas de nouveau tel quel.</p>
    <Form
      draft={{ name: 'need-refusal', about: proposalId }}
      submit="Décliner"
      onCancel={onClose}
      onSubmit={async ({ reason = '' }, { idempotencyKey }) => {
        await call(declineNeed, { params: { proposalId }, body: { reason: reason.trim() }, idempotencyKey })
        onClose()
        toast(`Décliné : ${what}.`)
        await needsChanged()
      }}
    >
      <TextArea name="reason" label="Pourquoi" hint="N’y nommez personne" required maxLength={300} rows={2} />
    </Form>
  </Dialog>
)
