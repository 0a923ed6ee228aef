import type { Reply } from '../../../contract/route.ts'
import { giveWorkBack, type takeWorkOver } from '../../../contract/work-with-employers/taking-over.ts'
import { call } from '../../platform/api.ts'
import { newKey } from '../../platform/new-key.ts'
import { toast } from '../../ui/index.ts'
import { workPassed } from './queries.ts'
import { doneWords, givenBackWords, type Waiting } from './words.ts'

/** What one takes or entrusts is given back, as long as nobody worked on it: not what a structure left, nor needs. */
export const toastPassed = (
  done: Reply<typeof takeWorkOver>,
  work: Waiting,
  to: { readonly id: string; readonly name: string | null },
) => {
  const { person } = work
  const { passedAt } = done
  const words = doneWords(done, to.name)
  if (!person || !passedAt) return toast(words)
  let said = ''
  toast(words, {
    run: async () => {
      const given = await call(giveWorkBack, {
        body: { accountId: person.id, toAccountId: to.id, passedAt },
        idempotencyKey: newKey(),
      })
      said = givenBackWords(given, done, person.name)
      await workPassed()
    },
    done: () => said,
  })
}
