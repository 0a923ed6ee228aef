import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { theStructure } from '../../../contract/names-in-french.ts'
import { formatDay, formatInstant } from '../../platform/format.ts'
import { usePathParams } from '../../platform/navigation.ts'
import { Badge, Button, ButtonRow, Facts, Loaded, Page, Section } from '../../ui/index.ts'
import { CorrectDialog } from './correct-dialog.tsx'
import { Corrections } from './corrections.tsx'
import { HandOverDialog } from './hand-over-dialog.tsx'
import { Noted } from './noted.tsx'
import { rightsRequestQuery } from './queries.ts'
import { RequestDialog } from './request-dialog.tsx'
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

export default function RightsRequestPage() {
  const { requestId } = usePathParams<{ requestId: string }>()
  const query = useQuery(rightsRequestQuery(requestId))
  const [act, setAct] = useState<Act | null>(null)
  const close = () => setAct(null)
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
            {one.allowed.length > 0 ? (
              <ButtonRow>
                {one.allowed.map((kind, n) => (
                  <Button key={kind} priority={n === 0 ? 'primary' : 'secondary'} onClick={() => setAct(kind)}>
                    {actWords[kind]}
                  </Button>
                ))}
              </ButtonRow>
            ) : (
              <p>
                {one.state === 'closed'
                  ? 'La demande est close : elle est gardée cinq ans après la réponse.'
                  : `${capital(theStructure(one.holder.name))} tient la demande, et note ce qu’elle devient.`}
              </p>
            )}
            {one.answer === null && ['access', 'portability'].includes(one.kind) && <Gathering request={one} />}
            {act === 'hand-over' && <HandOverDialog request={one} onClose={close} />}
            {act === 'correct' && <CorrectDialog request={one} onClose={close} />}
            {act !== null && act !== 'hand-over' && act !== 'correct' && (
              <RequestDialog act={act} request={one} onClose={close} />
            )}
          </>
        )}
      </Loaded>
    </Page>
  )
}
