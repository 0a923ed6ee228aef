import { queryOptions } from '@tanstack/react-query'
import type { Reply } from '../../../contract/route.ts'
import {
  getBeforeContact,
  getExchange,
  getRecording,
  listCampaignResults,
  listColleagues,
  listExchangeVersions,
} from '../../../contract/work-with-employers/exchanges.ts'
import { listTargetsAt } from '../../../contract/work-with-employers/targets.ts'
import { call } from '../../platform/api.ts'
import { queryClient } from '../../platform/query.ts'

export const beforeContactQuery = (siret: string) =>
  queryOptions({
    queryKey: ['before-contact', siret],
    queryFn: ({ signal }) => call(getBeforeContact, { params: { siret }, signal }),
  })
export const colleaguesQuery = (siret: string) =>
  queryOptions({
    queryKey: ['colleagues', siret],
    queryFn: ({ signal }) => call(listColleagues, { params: { siret }, signal }),
    staleTime: 300_000,
    retry: false,
  })
/** For the card one arrives on, while its code comes; refused, it is asked again there. */
export const beginBeforeContact = (siret: string) =>
  void queryClient.prefetchQuery({
    queryKey: beforeContactQuery(siret).queryKey,
    queryFn: ({ signal }) => call(getBeforeContact, { params: { siret }, signal, plain: true }),
    retry: false,
  })
export const exchangeQuery = (exchangeId: string) =>
  queryOptions({
    queryKey: ['exchanges', 'one', exchangeId],
    queryFn: ({ signal }) => call(getExchange, { params: { exchangeId }, signal }),
  })
export const versionsQuery = (exchangeId: string) =>
  queryOptions({
    queryKey: ['exchanges', 'versions', exchangeId],
    queryFn: ({ signal }) => call(listExchangeVersions, { params: { exchangeId }, signal }),
  })
export const campaignResultsQuery = (campaignId: string) =>
  queryOptions({
    queryKey: ['campaigns', 'results', campaignId],
    queryFn: ({ signal }) => call(listCampaignResults, { params: { campaignId }, signal }),
  })
export type TargetAt = Reply<typeof listTargetsAt>['items'][number]
/** What each campaign makes of an employer. */
export const targetsAtQuery = (siret: string) =>
  queryOptions({
    queryKey: ['campaigns', 'of', siret],
    queryFn: ({ signal }) => call(listTargetsAt, { params: { siret }, signal }),
  })

export const recordingQuery = (siret: string) =>
  queryOptions({
    queryKey: ['recording', siret],
    queryFn: ({ signal }) => call(getRecording, { params: { siret }, signal }),
  })

/** What an exchange recorded, corrected or cancelled changes elsewhere. */
export const exchangesChanged = () =>
  Promise.all(
    [
      'exchanges',
      'history',
      'before-contact',
      'company-relations',
      'next-actions',
      'campaigns',
      'portfolio',
      'recording',
      'rounds',
    ].map(key => queryClient.invalidateQueries({ queryKey: [key] })),
  )
