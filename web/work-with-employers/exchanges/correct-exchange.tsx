import { useRef, useState } from 'react'
import { cancelExchange } from '../../../contract/work-with-employers/exchanges.ts'
import { call } from '../../platform/api.ts'
import { formatDay, formatList } from '../../platform/format.ts'
import { announce, Button, Dialog, Difference, Form, LeaveGuard, Notice, noDraft, TextArea } from '../../ui/index.ts'
import { ExchangeFields } from './exchange-fields.tsx'
import { exchangesChanged } from './queries.ts'
import { SaveKey } from './record-exchange.tsx'
import { corrector, writtenMeanwhile } from './sending.ts'
import { compared, correctionOf, merged, mineOf, sameValues, type Values, valuesOf, withPart } from './values.ts'
import { type Exchange, employerName } from './words.ts'
import './exchange.css'

interface Props {
  exchange: Exchange
  onClose: () => void
  onDone?: (exchange: Exchange) => void
}

/**
 * The same form, over what is there. Two at once: the second sees what the first wrote, beside their own, and chooses.
 */
export const CorrectExchange = ({ exchange, onClose, onDone }: Props) => {
  const base = useRef({ values: valuesOf(exchange), version: exchange.version })
  const [values, setValues] = useState<Values>(base.current.values)
  const [theirs, setTheirs] = useState<{ exchange: Exchange; taken: readonly string[]; mine: Values } | null>(null)
  const [send] = useState(corrector)
  const done = useRef(false)
  const draft = useRef(noDraft)

  const submit = async (_values: unknown, { idempotencyKey }: { idempotencyKey: string }) => {
    try {
      const corrected = await send(
        exchange.id,
        correctionOf(base.current.values, values),
        base.current.version,
        idempotencyKey,
      )
      done.current = true
      void exchangesChanged()
      onDone?.(corrected)
      onClose()
    } catch (error) {
      const current = writtenMeanwhile(error)
      if (current) {
        const { values: together, taken } = merged(base.current.values, values, valuesOf(current))
        base.current = { values: valuesOf(current), version: current.version }
        setValues(together)
        setTheirs({ exchange: current, taken, mine: together })
      }
      throw error
    }
  }
  return (
    <Dialog title="Corriger un échange" shape="side" onClose={onClose}>
      <LeaveGuard
        unsent={() => !done.current && !sameValues(values, base.current.values)}
        kept={() => draft.current.kept()}
      />
      <p className="cc-exchange__employer">
        {employerName(exchange)}, le {formatDay(exchange.occurredOn)}
      </p>
      <p className="fr-text--sm">L’ancienne version reste dans l’historique.</p>
      <Form
        submit="Enregistrer la correction"
        onSubmit={submit}
        done="Échange corrigé."
        sticky
        draft={{ name: 'exchange-correction', about: exchange.id, version: exchange.version, handle: draft }}
        beside={<SaveKey />}
        explain={problem => {
          if (!theirs || !writtenMeanwhile(problem)) return undefined
          if (theirs.exchange.status === 'cancelled')
            return (
              <p>
                Cet échange a été annulé entre-temps
                {theirs.exchange.cancelReason && ` (« ${theirs.exchange.cancelReason} »)`} : il ne se corrige plus.
                Votre saisie reste affichée ci-dessous, pour la copier.
              </p>
            )
          const other = valuesOf(theirs.exchange)
          const mine = mineOf(values, other, theirs.mine)
          return (
            <Difference
              rows={compared(mine, other)}
              choice={{
                chosen: label => (sameValues(withPart(values, other, label), values) ? 'theirs' : 'mine'),
                onChoose: (label, whose) => {
                  setTheirs({ ...theirs, mine })
                  setValues(withPart(values, whose === 'mine' ? mine : other, label))
                },
              }}
              onKeepMine={() => undefined}
              onTakeTheirs={() => {
                done.current = true
                draft.current.drop()
                void exchangesChanged()
                announce('La version enregistrée est gardée.')
                onClose()
              }}
            >
              {theirs.taken.length > 0 && (
                <p>
                  Ce que vous n’aviez pas modifié a été repris :{' '}
                  {formatList(theirs.taken.map(label => label.toLowerCase()))}. Vous pouvez encore changer chaque
                  réponse ci-dessous avant d’enregistrer.
                </p>
              )}
            </Difference>
          )
        }}
      >
        <ExchangeFields
          siret={exchange.siret}
          values={values}
          onChange={setValues}
          campaignId={exchange.campaign?.id}
        />
      </Form>
    </Dialog>
  )
}

/** Nothing is erased: what was said stays readable, crossed out, with the reason. */
export const CancelExchange = ({ exchange, onClose, onDone }: Props) => (
  <Dialog title="Annuler un échange saisi par erreur" onClose={onClose}>
    <p>
      L’échange du {formatDay(exchange.occurredOn)} avec {exchange.establishmentName ?? 'cet établissement'} ne comptera
      plus, et sa prochaine action sera retirée. Il restera dans l’historique, marqué annulé. Cela ne se défait pas.
    </p>
    <Form
      draft={{ name: 'exchange-cancellation', about: exchange.id }}
      submit="Annuler l’échange"
      busyWords="Annulation…"
      done="Échange annulé."
      beside={
        <Button priority="tertiary" onClick={onClose}>
          Garder l’échange
        </Button>
      }
      onSubmit={async ({ reason = '' }, { idempotencyKey }) => {
        const cancelled = await call(cancelExchange, {
          params: { exchangeId: exchange.id },
          body: { reason: reason.trim() },
          ifMatch: exchange.version,
          idempotencyKey,
        })
        void exchangesChanged()
        onDone?.(cancelled)
        onClose()
      }}
      explain={problem => {
        const current = writtenMeanwhile(problem)
        if (!current) return undefined
        return (
          <p>
            {current.status === 'cancelled'
              ? 'Une autre personne a déjà annulé cet échange.'
              : 'Une autre personne a corrigé cet échange depuis que vous l’avez ouvert. Fermez, relisez-le, puis annulez-le si c’est toujours utile.'}
          </p>
        )
      }}
    >
      {exchange.nextAction && !exchange.nextAction.doneAt && (
        <Notice tone="warning">
          Une prochaine action est prévue pour le {formatDay(exchange.nextAction.dueOn)} : elle disparaîtra des listes.
        </Notice>
      )}
      {exchange.answers && (
        <Notice tone="warning">
          Il répondait à une action prévue pour le {formatDay(exchange.answers.dueOn)} : elle redeviendra à faire.
        </Notice>
      )}
      <TextArea
        name="reason"
        label="Motif"
        hint="Par exemple : saisi sur le mauvais établissement"
        required
        rows={2}
        maxLength={300}
      />
    </Form>
  </Dialog>
)
