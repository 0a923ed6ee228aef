import { useRef, useState } from 'react'
import { today } from '../../platform/format.ts'
import { ApiProblem } from '../../platform/problem.ts'
import { useResend } from '../../platform/resend.ts'
import { announce, Dialog, DraftState, Form, LeaveGuard } from '../../ui/index.ts'
import { NotToContactWarning } from '../do-not-contact/not-to-contact.tsx'
import { BeforeContactBrief } from './before-contact.tsx'
import type { Entry } from './draft-values.ts'
import { DraftNotice } from './draft-words.tsx'
import { ExchangeFields } from './exchange-fields.tsx'
import type { LastTime } from './last-time.ts'
import { exchangesChanged } from './queries.ts'
import { isLost, recorder } from './sending.ts'
import { toastRecorded } from './undoing.ts'
import { type Attached, useAttached } from './use-attached.ts'
import { useExchangeDraft } from './use-exchange-draft.ts'
import { blank, inputOf, sameValues, type Values } from './values.ts'
import type { Exchange } from './words.ts'
import './exchange.css'

export interface RecordExchangeProps {
  siret: string
  /** As people know it: the employer is recalled at the top. */
  name: string
  /** Recorded from a campaign's target, or from what was planned in it: preselected. */
  campaignId?: string | undefined
  /** Recorded from what was planned: answered. */
  actionId?: string | undefined
  /** `beside`: in the page, where a list stays at hand. */
  shape?: 'side' | 'beside'
  onClose: () => void
}

const unchosen = () =>
  new ApiProblem('draft/newer-elsewhere', 409, {
    title: 'Deux versions de cette saisie',
    detail: 'Choisissez d’abord, au-dessus du formulaire, celle que vous voulez enregistrer. Rien n’est perdu.',
  })

interface Unsent {
  readonly values: Values
  readonly send: () => Promise<Exchange>
}

/** What is lost again waits for its next turn. */
const sendAgain = async ({ send }: Unsent, recorded: (exchange: Exchange) => void, refused: () => void) => {
  let exchange: Exchange
  try {
    exchange = await send()
  } catch (error) {
    if (!isLost(error)) refused()
    return
  }
  recorded(exchange)
}

/** A panel on the right from 992 px, the whole screen on a phone. Wherever `n` opens it, it is this one. */
export const RecordExchange = ({ siret, name, campaignId, actionId, shape = 'side', onClose }: RecordExchangeProps) => {
  const [start] = useState(() => blank(today()))
  const [entry, setEntry] = useState<Entry>({ values: start, chosen: undefined, answers: undefined })
  const { values } = entry
  const setValues = (change: (values: Values) => Values) =>
    setEntry(before => ({ ...before, values: change(before.values) }))
  const [unsent, setUnsent] = useState<Unsent | null>(null)
  const [send] = useState(recorder)
  const done = useRef(false)
  const body = useRef<HTMLDivElement>(null)
  const asked = useRef<string>(undefined)
  const sending = useRef<Promise<void>>(undefined)
  const draft = useExchangeDraft(siret, start, entry, setEntry)
  const { keeper, keeping } = draft
  const attached = useAttached(siret, { campaignId, actionId }, entry, setEntry)

  const recorded = (exchange: Exchange) => {
    done.current = true
    keeper.recorded()
    void exchangesChanged()
    onClose()
    toastRecorded(exchange, asked.current)
  }
  const submit = async (_values: unknown, { idempotencyKey }: { idempotencyKey: string }) => {
    await sending.current
    if (done.current) return
    // Recording takes the draft away, hence the version that nobody has chosen or set aside yet.
    if (keeping.kind === 'elsewhere') throw unchosen()
    let tried: Attached | undefined
    const attempt = async () => {
      tried ??= await attached.read()
      asked.current = tried.answersId
      await keeper.hold()
      try {
        return await send({ siret, ...tried, ...inputOf(values) }, idempotencyKey)
      } finally {
        keeper.release()
      }
    }
    try {
      recorded(await attempt())
    } catch (error) {
      if (isLost(error)) attached.settle(tried)
      setUnsent(isLost(error) ? { values, send: attempt } : null)
      throw error
    }
  }
  const reworded = unsent !== null && !sameValues(values, unsent.values)
  // As it was sent, with the same key. What is being reworded waits for the person.
  useResend(unsent !== null, () => {
    if (!unsent || reworded || keeping.kind === 'elsewhere' || sending.current || done.current) return
    sending.current = sendAgain(unsent, recorded, () => {
      setUnsent(null)
      // Refused: asked again by the form, which shows why.
      setTimeout(() => body.current?.querySelector('form')?.requestSubmit())
    }).finally(() => {
      sending.current = undefined
    })
  })
  const asLastTime = ({ channel, personMet, correspondentId, words }: LastTime) => {
    setValues(before => ({ ...before, channel, personMet, correspondentId }))
    announce(`Repris de la dernière fois : ${words}.`)
    body.current?.querySelector<HTMLElement>('[name="result"]')?.focus()
  }
  const keepable = () => !unsent && (keeping.kind === 'none' || keeping.kind === 'saved')
  return (
    <Dialog
      title="Enregistrer un échange"
      shape={shape}
      onClose={onClose}
      draft={{ kept: keepable, onDrop: () => void keeper.discard().catch(() => undefined) }}
    >
      <LeaveGuard unsent={() => !done.current && !sameValues(values, start)} kept={() => !unsent && keeper.kept()} />
      <div ref={body}>
        <p className="cc-exchange__employer">{name}</p>
        <NotToContactWarning siret={siret} />
        <BeforeContactBrief siret={siret} onSame={values.channel || values.personMet ? undefined : asLastTime} />
        <DraftNotice draft={draft} values={values} start={start} onValues={next => setValues(() => next)} />
        <Form
          submit="Enregistrer"
          onSubmit={submit}
          draft="own"
          sticky
          beside={<Beside keeping={keeping} />}
          explain={problem => (isLost(problem) && unsent ? <SentLater reworded={reworded} /> : undefined)}
        >
          <ExchangeFields siret={siret} values={values} onChange={setValues} {...attached.fields} />
        </Form>
      </div>
    </Dialog>
  )
}

const Beside = ({ keeping }: Parameters<typeof DraftState>[0]) => (
  <>
    <SaveKey />
    <DraftState keeping={keeping} />
  </>
)

const SentLater = ({ reworded }: { reworded: boolean }) => (
  <p>
    {reworded
      ? 'Vous avez modifié votre saisie depuis l’envoi : « Enregistrer » l’enverra quand elle sera prête.'
      : 'Votre saisie reste ici. Elle sera envoyée d’elle-même au retour du réseau, et enregistrée une seule fois.'}
  </p>
)

export const SaveKey = () => (
  <span className="fr-text--sm fr-mb-0 cc-exchange__key">
    <kbd className="cc-kbd">Ctrl</kbd> <kbd className="cc-kbd">Entrée</kbd> enregistre
  </span>
)
