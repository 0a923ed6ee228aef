import { useState } from 'react'
import { ofName } from '../../../contract/names-in-french.ts'
import {
  endGrantExceptionally,
  resetFactorsExceptionally,
  sendPasswordLinkInPlace,
  standIn,
  type standInActs,
} from '../../../contract/people-and-rights/necessity.ts'
import { call } from '../../platform/api.ts'
import { formatInstant } from '../../platform/format.ts'
import { Button, ButtonRow, Dialog, Form, Notice, SelectField, tellReader } from '../../ui/index.ts'
import { type Grant, grantWords } from '../accounts/words.ts'
import { WhyFields, whyOf } from './why-fields.tsx'
import { accountChanged, doneWords } from './words.ts'

export type StandInAct = (typeof standInActs)[number]
type Held = Pick<Grant, 'id' | 'tool' | 'profile' | 'territory' | 'agency'>
interface Props {
  readonly act: StandInAct
  readonly person: { readonly id: string; readonly name: string; readonly grants: readonly Held[] }
  /** The signatory acts of necessity alone. */
  readonly ground?: 'necessity'
  readonly onClose: () => void
}
export const actButtons: Record<StandInAct, { button: string; text: string }> = {
  suspend: { button: 'Suspendre', text: 'Ses sessions sont closes et ses habilitations n’ouvrent plus rien.' },
  resume: { button: 'Rétablir', text: 'Ses habilitations reprennent, si rien d’autre ne leur manque.' },
  lift: {
    button: 'Lever la suspension',
    text: 'Deux mois d’inactivité se comptent de nouveau à partir d’aujourd’hui.',
  },
  depart: {
    button: 'Supprimer le compte',
    text: 'Le compte et les habilitations prennent fin aussitôt. Les actes passés restent, sous un pseudonyme.',
  },
  'end-grant': { button: 'Retirer une habilitation', text: 'Elle prend fin aussitôt.' },
  'reset-second-factors': {
    button: 'Réinitialiser le second facteur',
    text: 'Assurez-vous d’abord, de vive voix, que c’est bien cette personne qui le demande. Ses sessions seront fermées.',
  },
  'send-password-link': {
    button: 'Envoyer un lien de mot de passe',
    text: 'Assurez-vous d’abord, de vive voix, que c’est bien cette personne qui le demande. Le lien part à son adresse professionnelle, et ne s’ouvre qu’avec le code que vous lui remettrez.',
  },
}
/** What they answer is shown once: sent again, it would be done again. */
const handOver = { 'reset-second-factors': resetFactorsExceptionally, 'send-password-link': sendPasswordLinkInPlace }
const handsOver = (act: StandInAct): act is keyof typeof handOver => act in handOver

/** An act in the place of account managers; a code to hand over stays shown until one closes. */
export const ExceptionalDialog = ({ act, person, ground, onClose }: Props) => {
  const [handed, setHanded] = useState<{ code: string; endsAt: string }>()
  const { button, text } = actButtons[act]
  const send = async (values: Readonly<Record<string, string | undefined>>, idempotencyKey: string) => {
    const body = whyOf(values, ground)
    if (act === 'end-grant')
      return call(endGrantExceptionally, { params: { grantId: values.grantId! }, body, idempotencyKey })
    const params = { accountId: person.id }
    if (!handsOver(act)) return call(standIn, { params, body: { act, ...body }, idempotencyKey })
    const answer = await call(handOver[act], { params, body })
    setHanded(answer)
    return answer
  }
  if (handed)
    return (
      <Dialog title="Code à remettre" onClose={onClose}>
        <Notice tone="success">
          <p className="fr-mb-1w">
            Donnez ce code <strong>de vive voix</strong>, jamais par courriel ni messagerie. Il sert une fois, jusqu’au{' '}
            {formatInstant(handed.endsAt)}, et ne sera plus montré.
          </p>
          <p className="fr-mb-0">
            <code className="cc-secret cc-secret--read">{handed.code}</code>
          </p>
        </Notice>
        <ButtonRow>
          <Button onClick={onClose}>J’ai remis le code</Button>
        </ButtonRow>
      </Dialog>
    )
  return (
    <Dialog title={button} onClose={onClose}>
      <Notice tone="warning">
        Acte exceptionnel, faute d’un RGC qui puisse agir. La structure en est prévenue aussitôt, et l’acte est marqué
        dans le journal et sur la page du compte.
      </Notice>
      <p>
        Compte {ofName(person.name)}. {text}
      </p>
      <Form
        draft={{ name: 'exceptional-act', about: `${person.id}-${act}` }}
        submit={button}
        onCancel={onClose}
        onSubmit={async (values, { idempotencyKey }) => {
          const { told } = await send(values, idempotencyKey)
          tellReader(`${doneWords[act]}.`, told)
          await accountChanged()
          if (!handsOver(act)) onClose()
        }}
      >
        {act === 'end-grant' && (
          <SelectField
            name="grantId"
            label="Habilitation"
            required
            options={person.grants.map(grant => ({ value: grant.id, label: grantWords(grant) }))}
          />
        )}
        <WhyFields settled={ground} />
      </Form>
    </Dialog>
  )
}

/** The buttons of what may be done, and the dialog of the one pressed. */
export const ExceptionalActs = ({
  allowed,
  ...about
}: Omit<Props, 'act' | 'onClose'> & { readonly allowed: readonly StandInAct[] }) => {
  const [open, setOpen] = useState<StandInAct | null>(null)
  return (
    <>
      {allowed.length > 0 && (
        <ButtonRow>
          {allowed.map(act => (
            <Button
              key={act}
              size="small"
              priority={act === 'depart' ? 'tertiary' : 'secondary'}
              onClick={() => setOpen(act)}
            >
              {actButtons[act].button}
            </Button>
          ))}
        </ButtonRow>
      )}
      {open && <ExceptionalDialog {...about} act={open} onClose={() => setOpen(null)} />}
    </>
  )
}
