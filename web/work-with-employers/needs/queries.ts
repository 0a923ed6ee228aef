import { queryOptions } from '@tanstack/react-query'
import type { Body, Reply } from '../../../contract/route.ts'
import {
  getNeed,
  getNeedIntake,
  listJobTitles,
  listNeedRecipients,
  listNeedsAt,
  listReceivedNeeds,
  type noteNeed,
} from '../../../contract/work-with-employers/needs.ts'
import { call } from '../../platform/api.ts'
import { queryClient } from '../../platform/query.ts'
import type { Choice } from '../../ui/index.ts'

export type Need = Reply<typeof getNeed>
export type NeedLine = Reply<typeof listNeedsAt>['items'][number]
export type NeedProposal = Need['proposals'][number]
export type ReceivedNeed = Reply<typeof listReceivedNeeds>['waiting'][number]
export type NeedRecipient = Reply<typeof listNeedRecipients>['items'][number]
export type NeedInput = Body<typeof noteNeed>
export type NeedAct = Need['allowed'][number]

export const needsAtQuery = (siret: string) =>
  queryOptions({
    queryKey: ['needs', 'at', siret],
    queryFn: ({ signal }) => call(listNeedsAt, { params: { siret }, signal }),
    retry: false,
  })
export const needQuery = (needId: string) =>
  queryOptions({
    queryKey: ['needs', 'one', needId],
    queryFn: ({ signal }) => call(getNeed, { params: { needId }, signal }),
    refetchOnMount: 'always',
  })
export const receivedNeedsQuery = queryOptions({
  queryKey: ['needs', 'received'],
  queryFn: ({ signal }) => call(listReceivedNeeds, { signal }),
  refetchOnMount: 'always',
})
export const recipientsQuery = (needId: string) =>
  queryOptions({
    queryKey: ['needs', 'recipients', needId],
    queryFn: ({ signal }) => call(listNeedRecipients, { params: { needId }, signal }),
    refetchOnMount: 'always',
  })
/** What one's own structure says it takes. */
export const intakeQuery = queryOptions({
  queryKey: ['needs', 'intake'],
  queryFn: ({ signal }) => call(getNeedIntake, { signal }),
  refetchOnMount: 'always',
})
/** They stand on the card, in its history, in the lists and on the first page. */
export const needsChanged = () =>
  Promise.all(['needs', 'history'].map(key => queryClient.invalidateQueries({ queryKey: [key] })))

export const findJobs = async (words: string, signal: AbortSignal): Promise<readonly Choice[]> => {
  if (!words.trim()) return []
  const { items } = await call(listJobTitles, { query: { q: words.trim().slice(0, 80) }, signal })
  return items.map(({ code, label, rome }) => ({ value: code, label, hint: rome }))
}
