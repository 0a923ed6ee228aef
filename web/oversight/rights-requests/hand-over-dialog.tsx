import { useState } from 'react'
import { theStructure } from '../../../contract/names-in-french.ts'
import {
  giveRightsRequestBack,
  handRightsRequestOver,
  withdrawRightsHandover,
} from '../../../contract/oversight/rights-requests.ts'
import { listOrganisations } from '../../../contract/territory-and-register/territories.ts'
import { call } from '../../platform/api.ts'
import { formatDay } from '../../platform/format.ts'
import { useGo } from '../../platform/navigation.ts'
import { organisationChoice } from '../../territory-and-register/territories/words.ts'
import { type Choice, Combobox, Dialog, Form, TextArea, tellReader } from '../../ui/index.ts'
import { forgetRequest, keepRequest } from './queries.ts'
import { actWords, capital, doneWords, type RightsRequest } from './words.ts'

/** To the other party, once: a partner hands to the operator, and the operator to a partner. */
export const HandOverDialog = ({ request, onClose }: { request: RightsRequest; onClose: () => void }) => {
  const [to, setTo] = useState<Choice | null>(null)
  const toOperator = request.receivedBy.kind !== 'operateur'
  return (
    <Dialog title={actWords['hand-over']} onClose={onClose}>
      <p>
        L’autre partie répond à la personne, pour le {formatDay(request.dueOn)} : le délai ne change pas. Son DPD en est
        prévenu, et vous lisez ce qu’il note. Elle ne la transmet pas plus loin mais peut vous la rendre, et ce que vous
        avez enregistré ne se corrige plus. En cas d’erreur, vous la reprenez, tant qu’elle n’y a rien noté.
      </p>
      <Form
        draft="choices"
        submit={actWords['hand-over']}
        onCancel={onClose}
        onSubmit={async (_values, { idempotencyKey }) => {
          const { request: handed, told } = await call(handRightsRequestOver, {
            params: { requestId: request.id },
            body: { toOrganisationId: to!.value },
            idempotencyKey,
          })
          await keepRequest(handed)
          tellReader(doneWords['hand-over'], told)
          onClose()
        }}
      >
        <Combobox
          name="toOrganisationId"
          label={toOperator ? 'Structure de l’opérateur' : 'Partenaire'}
          required
          value={to}
          onChange={setTo}
          findKey={['organisations', toOperator ? 'operator' : 'partners']}
          find={async (words, signal) => {
            const { items } = await call(listOrganisations, {
              query: { ...(words ? { q: words } : {}), limit: 200 },
              signal,
            })
            return items.filter(({ kind }) => (kind === 'operateur') === toOperator).map(organisationChoice)
          }}
        />
      </Form>
    </Dialog>
  )
}

/** A mistaken hand-over is taken back while the other party noted nothing. */
export const WithdrawDialog = ({ request, onClose }: { request: RightsRequest; onClose: () => void }) => (
  <Dialog title={actWords.withdraw} onClose={onClose}>
    <p>
      Vous répondez de nouveau à la personne, pour le {formatDay(request.dueOn)}. Le DPD de l’autre partie en est
      prévenu et ne lit plus la demande ; vous pourrez la transmettre à qui elle revient.
    </p>
    <Form
      draft={{ name: 'rights-request-withdraw', about: request.id }}
      submit={actWords.withdraw}
      onCancel={onClose}
      onSubmit={async ({ reason }, { idempotencyKey }) => {
        const { request: held, told } = await call(withdrawRightsHandover, {
          params: { requestId: request.id },
          body: { reason: reason! },
          idempotencyKey,
        })
        await keepRequest(held)
        tellReader(doneWords.withdraw, told)
        onClose()
      }}
    >
      <TextArea
        name="reason"
        label="Motif"
        hint="Lu par les DPD qui tiendront la demande : ne nommez personne"
        required
        maxLength={500}
        rows={2}
      />
    </Form>
  </Dialog>
)

/** What is not one's own goes back to who handed it: one reads it no more. */
export const GiveBackDialog = ({ request, onClose }: { request: RightsRequest; onClose: () => void }) => {
  const go = useGo()
  return (
    <Dialog title={actWords['give-back']} onClose={onClose}>
      <p>
        {capital(theStructure(request.receivedBy.name))} répond à la personne, pour le {formatDay(request.dueOn)} : le
        délai ne change pas. Son DPD en est prévenu et garde ce que vous avez noté. Vous ne lirez plus cette demande :
        n’en gardez aucune copie.
      </p>
      <Form
        draft={{ name: 'rights-request-give-back', about: request.id }}
        submit={actWords['give-back']}
        onCancel={onClose}
        onSubmit={async ({ reason }, { idempotencyKey }) => {
          const { told } = await call(giveRightsRequestBack, {
            params: { requestId: request.id },
            body: { reason: reason! },
            idempotencyKey,
          })
          go('/demandes-de-droits', { replace: true })
          await forgetRequest(request.id)
          tellReader(doneWords['give-back'], told)
        }}
      >
        <TextArea
          name="reason"
          label="Motif"
          hint="Lu par les DPD qui tiendront la demande : ne nommez personne"
          required
          maxLength={500}
          rows={2}
        />
      </Form>
    </Dialog>
  )
}
