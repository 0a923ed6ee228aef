import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { theStructure } from '../../../contract/names-in-french.ts'
import { formatDay, formatInstant } from '../../platform/format.ts'
import { usePathParams } from '../../platform/navigation.ts'
import { useMe } from '../../platform/session.ts'
import { Badge, Button, ButtonRow, Facts, Loaded, Page, Section } from '../../ui/index.ts'
import { CorrectDialog } from './correct-dialog.tsx'
import { Corrections } from './corrections.tsx'
import { GiveBackDialog, HandOverDialog, WithdrawDialog } from './hand-over-dialog.tsx'
import { Noted } from './noted.tsx'
import { rightsRequestQuery } from './queries.ts'
import { RequestDialog, type StepAct } from './request-dialog.tsx'
import {
  type Act,
  actWords,
  capital,
  channelWords,
  delayWords,
  kindWords,
  type RightsRequest,
  stateWords,
  whoseWords,
} from './words.ts'

/** The operator alone reads across all structures; what the command writes goes to whom it is for. */
const Gathering = ({ request }: { request: RightsRequest }) => (
  <Section title="Rassembler ses données">
    {request.identity ? (
      <p>
        L’exploitant du service les exporte pour cette demande, dont le journal garde alors le numéro :{' '}
        <code>npm run admin -- export-person --request {request.id} --to FICHIER --operator "…"</code>. Le nom de la
        personne se tape ensuite, jamais sur cette ligne.
      </p>
    ) : (
      <p>Vérifiez d’abord son identité : l’export de ses données est refusé jusque-là.</p>
    )}
  </Section>
)

/** Once handed over, neither side corrects what was entered: who handed it takes it back for that. */
const Handed = ({
  request: { receivedBy, holder, allowed, answer },
  own,
}: {
  request: RightsRequest
  own: boolean
}) => (
  <p>
    {own
      ? `${capital(theStructure(holder.name))} tient la demande, et note ce qu’elle devient.`
      : `${capital(theStructure(receivedBy.name))} vous a transmis la demande.`}
    {answer === null && ' Ce qui est enregistré ne se corrige plus.'}
    {allowed.includes('withdraw') && ' Pour le corriger, reprenez d’abord la demande.'}
    {!own && answer === null && ' Si elle ne vous revient pas, rendez-la, avec le motif.'}
  </p>
)

const isStep = (act: Act | null): act is StepAct =>
  act !== null && act !== 'hand-over' && act !== 'correct' && act !== 'withdraw' && act !== 'give-back'

export default function RightsRequestPage() {
  const { requestId } = usePathParams<{ requestId: string }>()
  const query = useQuery(rightsRequestQuery(requestId))
  const [act, setAct] = useState<Act | null>(null)
  const close = () => setAct(null)
  const own = useMe().organisation.id
  const request = query.data
  const state = request && stateWords(request)
  return (
    <Page
      title={request ? `Demande de droits : ${kindWords[request.kind].toLowerCase()}` : 'Demande de droits'}
      width="narrow"
      beside={state && <Badge tone={state.tone}>{state.word}</Badge>}
      lead={request && `${delayWords(request)}.`}
      breadcrumb={[{ label: 'Demandes de droits', href: '/demandes-de-droits' }]}
    >
      <Loaded query={query}>
        {one => (
          <>
            <Section title="La demande">
              <Facts
                items={[
                  ['Personne', one.person],
                  ['Qui elle est', whoseWords[one.whose]],
                  [
                    'Reçue',
                    `Le ${formatDay(one.receivedOn)} par ${theStructure(one.receivedBy.name)} (${channelWords[one.channel].toLowerCase()})`,
                  ],
                  ['Enregistrée', `Le ${formatInstant(one.recordedAt)}`],
                ]}
              />
            </Section>
            <Noted request={one} />
            {one.version > 1 && <Corrections request={one} />}
            {one.state === 'closed' && <p>La demande est close : elle est gardée cinq ans après la réponse.</p>}
            {one.state === 'open' && one.handover && <Handed request={one} own={one.receivedBy.id === own} />}
            {one.allowed.length > 0 && (
              <ButtonRow>
                {one.allowed.map((kind, n) => (
                  <Button key={kind} priority={n === 0 ? 'primary' : 'secondary'} onClick={() => setAct(kind)}>
                    {actWords[kind]}
                  </Button>
                ))}
              </ButtonRow>
            )}
            {one.answer === null && ['access', 'portability'].includes(one.kind) && <Gathering request={one} />}
            {act === 'hand-over' && <HandOverDialog request={one} onClose={close} />}
            {act === 'withdraw' && <WithdrawDialog request={one} onClose={close} />}
            {act === 'give-back' && <GiveBackDialog request={one} onClose={close} />}
            {act === 'correct' && <CorrectDialog request={one} onClose={close} />}
            {isStep(act) && <RequestDialog act={act} request={one} onClose={close} />}
          </>
        )}
      </Loaded>
    </Page>
  )
}
