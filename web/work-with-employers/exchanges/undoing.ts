import { cancelExchange, finishNextAction, reopenNextAction } from '../../../contract/work-with-employers/exchanges.ts'
import { call } from '../../platform/api.ts'
import { toast } from '../../ui/index.ts'
import { exchangesChanged } from './queries.ts'
import { actionWords, type Exchange, leftOutWords, type NextAction } from './words.ts'

/* Undoing is an act like another: it is in the trail, and what was written stays in the history. */

const changed = async () => void (await exchangesChanged())

/** It is recorded all the same (CAM-12). */
const beyondWords = (beyond: NonNullable<Exchange['beyondBudget']>) =>
  beyond.includes('exchange')
    ? 'Il dépasse les sollicitations prévues pour cet employeur.'
    : 'L’action prévue dépasse les sollicitations de cet employeur.'

/** `asked`: the planned action it was to answer. */
export const toastRecorded = (exchange: Exchange, asked: string | undefined) => {
  const { id, version, answers, leftOut, beyondBudget } = exchange
  const said = [
    'Échange enregistré.',
    answers && 'L’action prévue est close.',
    asked && !answers && 'L’action prévue était déjà close.',
    leftOut && leftOutWords(leftOut),
    beyondBudget && beyondWords(beyondBudget),
  ]
  toast(said.filter(Boolean).join(' '), {
    run: async () => {
      await call(cancelExchange, {
        params: { exchangeId: id },
        body: { reason: 'Annulé aussitôt enregistré' },
        ifMatch: version,
      })
      await changed()
    },
    done: answers ? 'Échange annulé. L’action prévue est de nouveau à faire.' : 'Échange annulé.',
  })
}

export const finish = ({ id }: NextAction) => call(finishNextAction, { params: { nextActionId: id } })

export const toastFinished = ({ id, kind }: NextAction) => {
  const what = actionWords[kind].toLowerCase()
  toast(`Fait : ${what}.`, {
    run: async () => {
      await call(reopenNextAction, { params: { nextActionId: id } })
      await changed()
    },
    done: `De nouveau à faire : ${what}.`,
  })
}
