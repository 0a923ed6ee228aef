import type { Reply } from '../../../contract/route.ts'
import {
  giveCampaignsBack,
  giveWorkBack,
  type takeWorkOver,
} from '../../../contract/work-with-employers/taking-over.ts'
import { call } from '../../platform/api.ts'
import { newKey } from '../../platform/new-key.ts'
import { toast } from '../../ui/index.ts'
import { workPassed } from './queries.ts'
import { doneWords, givenBackWords, givenCampaignsBackWords, type Waiting } from './words.ts'

/**
 * What one takes or entrusts is given back, as long as nobody worked on it: targets and actions of a colleague, campaigns of
 * a structure that has no pilot; not what a structure left, nor needs.
 */
export const toastPassed = (
  done: Reply<typeof takeWorkOver>,
  work: Waiting,
  to: { readonly id: string; readonly name: string | null },
) => {
  const { person, organisation } = work
  const { passedAt } = done
  const words = doneWords(done, to.name)
  if (!passedAt) return toast(words)
  const idempotencyKey = newKey()
  const giveBack = async () => {
    if (!person) {
      const body = { organisationId: organisation.id, passedAt }
      const { campaigns } = await call(giveCampaignsBack, { body, idempotencyKey })
      return givenCampaignsBackWords(campaigns, done.campaigns, organisation.name)
    }
    const body = { accountId: person.id, toAccountId: to.id, passedAt }
    return givenBackWords(await call(giveWorkBack, { body, idempotencyKey }), done, person.name)
  }
  let said = ''
  toast(words, {
    run: async () => {
      said = await giveBack()
      await workPassed()
    },
    done: () => said,
  })
}
