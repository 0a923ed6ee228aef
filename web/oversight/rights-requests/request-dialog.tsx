import { useState } from 'react'
import {
  answerRightsRequest,
  checkRightsIdentity,
  extendRightsRequest,
  tellRightsRecipients,
} from '../../../contract/oversight/rights-requests.ts'
import { call } from '../../platform/api.ts'
import { formatDay, today } from '../../platform/format.ts'
import { DateField, Dialog, Form, Notice, RadioKeys, SelectField, TextArea, tellReader } from '../../ui/index.ts'
import { keepRequest } from './queries.ts'
import {
  type Act,
  actWords,
  articleWords,
  channelWords,
  doneWords,
  extentWords,
  mannerWords,
  optionsOf,
  outcomeWords,
  type RightsRequest,
} from './words.ts'

export type StepAct = Exclude<Act, 'hand-over' | 'correct' | 'withdraw' | 'give-back'>
type Values = Readonly<Record<string, string | undefined>>
type Answer = NonNullable<RightsRequest['answer']>
interface Send {
  readonly params: { readonly requestId: string }
  readonly idempotencyKey: string
}
const send: Record<StepAct, (values: Values, send: Send) => Promise<RightsRequest>> = {
  'check-identity': ({ on, manner }, to) =>
    call(checkRightsIdentity, {
      ...to,
      body: { checkedOn: on!, manner: manner as NonNullable<RightsRequest['identity']>['manner'] },
    }),
  extend: ({ on, reason }, to) => call(extendRightsRequest, { ...to, body: { toldOn: on!, reason: reason! } }),
  answer: ({ on, outcome, channel, article, reason }, to) =>
    call(answerRightsRequest, {
      ...to,
      body: {
        answeredOn: on!,
        outcome: outcome as Answer['outcome'],
        channel: channel as Answer['channel'],
        ...(outcome === 'given' ? {} : { article: article as Answer['article'], reason: reason! }),
      },
    }),
  'tell-recipients': ({ on, extent, words }, to) =>
    call(tellRightsRecipients, {
      ...to,
      body: {
        toldOn: on!,
        extent: extent as NonNullable<RightsRequest['recipients']>['extent'],
        words: words!,
      },
    }),
}

const IdentityFields = () => (
  <RadioKeys name="manner" label="Comment" required layout="column" options={optionsOf(mannerWords)} />
)
const ExtensionFields = ({ request }: { request: RightsRequest }) => (
  <>
    <p>
      Deux mois de plus, une seule fois, quand la demande est complexe ou que vous en recevez beaucoup. La personne en
      est informée, avec le motif, le {formatDay(request.extendableUntil)} au plus tard.
    </p>
    <TextArea name="reason" label="Motif dit à la personne" required maxLength={500} rows={3} />
  </>
)
const AnswerFields = ({ request }: { request: RightsRequest }) => {
  const unchecked = request.identity === null
  const [outcome, setOutcome] = useState<string>(unchecked ? 'refused' : '')
  return (
    <>
      {unchecked && (
        <Notice tone="info">
          Sans identité vérifiée, seul un refus se note : des données ne se remettent pas à qui n’est pas reconnu.
        </Notice>
      )}
      <RadioKeys
        name="outcome"
        label="Réponse"
        required
        layout="column"
        options={optionsOf(outcomeWords).filter(({ value }) => !unchecked || value === 'refused')}
        value={outcome}
        onChange={setOutcome}
      />
      <SelectField name="channel" label="Répondue par" required options={optionsOf(channelWords)} />
      {(outcome === 'partly' || outcome === 'refused') && (
        <>
          <SelectField name="article" label="Article" required options={optionsOf(articleWords)} />
          <TextArea
            name="reason"
            label="Motif dit à la personne"
            hint="Dites-lui aussi qu’elle peut saisir la CNIL ou un juge (article 12.4)"
            required
            maxLength={500}
            rows={3}
          />
        </>
      )}
    </>
  )
}
const RecipientsFields = () => (
  <>
    <p>
      Les structures et les personnes à qui ces données sont parties apprennent ce qui est rectifié, effacé ou limité
      (article 19 du RGPD). La personne peut vous demander qui elles sont.
    </p>
    <RadioKeys name="extent" label="Destinataires" required layout="column" options={optionsOf(extentWords)} />
    <TextArea name="words" label="À qui, et comment ; ou pourquoi personne" required maxLength={500} rows={3} />
  </>
)
const dayLabels: Record<StepAct, string> = {
  'check-identity': 'Vérifiée le',
  extend: 'Personne informée le',
  answer: 'Répondue le',
  'tell-recipients': 'Prévenus le',
}

/** One step of a request: what is noted is never rewritten. */
export const RequestDialog = ({
  act,
  request,
  onClose,
}: {
  act: StepAct
  request: RightsRequest
  onClose: () => void
}) => {
  const last = act === 'extend' && request.extendableUntil < today() ? request.extendableUntil : today()
  return (
    <Dialog title={actWords[act]} onClose={onClose}>
      <p>Une étape notée n’est jamais réécrite.</p>
      <Form
        draft={{ name: `rights-request-${act}`, about: request.id }}
        submit={actWords[act]}
        onCancel={onClose}
        onSubmit={async (values, { idempotencyKey }) => {
          await keepRequest(await send[act](values, { params: { requestId: request.id }, idempotencyKey }))
          tellReader(doneWords[act])
          onClose()
        }}
      >
        {act === 'check-identity' && <IdentityFields />}
        {act === 'extend' && <ExtensionFields request={request} />}
        {act === 'answer' && <AnswerFields request={request} />}
        {act === 'tell-recipients' && <RecipientsFields />}
        <DateField name="on" label={dayLabels[act]} required min={request.receivedOn} max={last} defaultValue={last} />
      </Form>
    </Dialog>
  )
}
