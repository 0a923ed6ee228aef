import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { Reply } from '../../../contract/route.ts'
import type { getRecording } from '../../../contract/work-with-employers/exchanges.ts'
import { today } from '../../platform/format.ts'
import { queryClient } from '../../platform/query.ts'
import { answeredAmong } from './answer-choice.ts'
import { choiceOf, sentCampaign } from './campaign-choice.ts'
import type { Entry } from './draft-values.ts'
import { recordingQuery } from './queries.ts'

/** What an exchange is sent with, beside what was said. */
export interface Attached {
  readonly campaignId: string | null
  readonly answersId?: string
}

/** The page one records from may know the campaign, and what was planned. */
export interface From {
  readonly campaignId: string | undefined
  readonly actionId: string | undefined
}

const nothing: Reply<typeof getRecording> = { campaigns: [], planned: [] }

/**
 * The campaign an exchange is recorded in and the action it answers: proposed, then chosen. Once it may be written
 * (`settle`), what is corrected next must not wander elsewhere.
 */
export const useAttached = (
  siret: string,
  from: From,
  entry: Entry,
  setEntry: (change: (entry: Entry) => Entry) => void,
) => {
  const [sent, setSent] = useState<Attached | undefined>(undefined)
  const { data = nothing } = useQuery(recordingQuery(siret))
  const among = ({ campaigns, planned }: typeof nothing) => ({
    choice: choiceOf(campaigns, { chosen: entry.chosen, from: from.campaignId }, entry.values.occurredOn),
    answered: answeredAmong(planned, { chosen: entry.answers, from: from.actionId }, today()),
  })
  const { choice, answered } = among(data)
  // Another campaign has other words: what was chosen in these is said in the common ones.
  const onChoose = (chosen: string) =>
    setEntry(before => ({ ...before, values: { ...before.values, campaignResultId: '', resultLabel: '' }, chosen }))
  const onAnswer = (answers: string) => setEntry(before => ({ ...before, answers }))
  return {
    read: async (): Promise<Attached> => {
      if (sent) return sent
      const read = among(await queryClient.ensureQueryData(recordingQuery(siret)))
      return { campaignId: sentCampaign(read.choice), ...(read.answered ? { answersId: read.answered } : {}) }
    },
    settle: setSent,
    fields: sent
      ? { campaignId: sent.campaignId ?? undefined }
      : {
          campaignId: sentCampaign(choice) ?? undefined,
          campaigns: { ...choice, onChoose },
          answers: { planned: data.planned, answered, onAnswer },
        },
  }
}
