import { useCallback, useEffect, useRef, useState } from 'react'
import { createCampaign, draftSteps, editCampaign } from '../../../contract/work-with-employers/campaigns.ts'
import { call } from '../../platform/api.ts'
import { formatList } from '../../platform/format.ts'
import { newKey } from '../../platform/new-key.ts'
import { type ApiProblem, asProblem } from '../../platform/problem.ts'
import { announce } from '../../ui/index.ts'
import {
  bodyOf,
  type CampaignInput,
  type Draft,
  differing,
  draftOf,
  type Merged,
  merge,
  missing,
  takeFields,
} from './draft.ts'
import { keepCampaign } from './queries.ts'
import type { Campaign } from './words.ts'

export type Saving =
  | { readonly kind: 'saved'; readonly at?: string; readonly campaign: Campaign }
  | { readonly kind: 'saving' }
  | { readonly kind: 'missing'; readonly what: string }
  | { readonly kind: 'away' }
  | { readonly kind: 'refused'; readonly problem: ApiProblem }
  | { readonly kind: 'clash'; readonly clashes: Merged['clashes']; readonly theirs: Draft }

const quiet = 800
const retryAfter = 4000

/**
 * A draft saved as one types, a second after the last key: created with the first values that make a campaign, then
 * written on the version last read.
 * One writing at a time. Lost answers are asked again with the same words under the same key, so that there is one
 * campaign.
 */
export const useDraft = (start: Draft, campaign: Campaign | undefined, onCreated?: (campaign: Campaign) => void) => {
  const [first] = useState(start)
  const [draft, setDraft] = useState(start)
  const [saving, setSaving] = useState<Saving>(
    campaign ? { kind: 'saved', campaign } : { kind: 'missing', what: missing(start) ?? '' },
  )
  const latest = useRef(draft)
  const saved = useRef(campaign && { campaign, draft: draftOf(campaign) })
  const creation = useRef<{ body: CampaignInput; key: string; draft: Draft }>(undefined)
  const running = useRef<Promise<Saving>>(undefined)
  const created = useRef(onCreated)
  created.current = onCreated

  const put = useCallback((next: Draft) => {
    latest.current = next
    setDraft(next)
  }, [])
  const keep = useCallback((now: Campaign, written: Draft) => {
    saved.current = { campaign: now, draft: written }
    void keepCampaign(now)
  }, [])

  /** Writes what is not written yet; answers where the writing stands then. */
  const write = useCallback(
    async (step?: Campaign['step']): Promise<Saving> => {
      for (;;) {
        const now = latest.current
        const known = saved.current
        const advances =
          step !== undefined && (!known || draftSteps.indexOf(step) > draftSteps.indexOf(known.campaign.step))
        if (known && !differing(known.draft, now).length && !advances) {
          return { kind: 'saved', at: new Date().toISOString(), campaign: known.campaign }
        }
        const what = missing(now)
        if (what) return { kind: 'missing', what }
        setSaving({ kind: 'saving' })
        try {
          if (known)
            keep(
              await call(editCampaign, {
                params: { campaignId: known.campaign.id },
                body: { ...bodyOf(now), ...(advances ? { step } : {}) },
                ifMatch: known.campaign.version,
              }),
              now,
            )
          else {
            creation.current ??= { body: { ...bodyOf(now), ...(step ? { step } : {}) }, key: newKey(), draft: now }
            const first = creation.current
            const campaign = await call(createCampaign, { body: first.body, idempotencyKey: first.key })
            keep(campaign, first.draft)
            created.current?.(campaign)
          }
        } catch (error) {
          const problem = asProblem(error)
          if (problem.status === 0 || problem.status >= 500) return { kind: 'away' }
          creation.current = undefined
          const current =
            problem.code === 'request/changed-meanwhile' && known ? (problem.current as Campaign) : undefined
          if (!current) return { kind: 'refused', problem }
          const theirs = draftOf(current)
          const { draft: merged, taken, clashes } = merge(known!.draft, now, theirs)
          keep(current, theirs)
          if (taken.length)
            announce(`Modifié entre-temps par une autre personne, et repris ici : ${formatList(taken)}.`)
          put(merged)
          if (clashes.length) return { kind: 'clash', clashes, theirs }
        }
      }
    },
    [keep, put],
  )

  /** Waits for the writing under way, then writes what is left. */
  const flush = useCallback(
    async (step?: Campaign['step']): Promise<Saving> => {
      while (running.current) await running.current
      running.current = write(step).finally(() => {
        running.current = undefined
      })
      const result = await running.current
      setSaving(result)
      return result
    },
    [write],
  )

  const change = useCallback((part: Partial<Draft>) => put({ ...latest.current, ...part }), [put])
  const clashing = saving.kind === 'clash'
  useEffect(() => {
    if (
      clashing ||
      (saved.current && !differing(saved.current.draft, draft).length) ||
      (!saved.current && draft === first)
    )
      return
    const timer = setTimeout(() => void flush(), quiet)
    return () => clearTimeout(timer)
  }, [draft, clashing, flush, first])
  useEffect(() => {
    if (saving.kind !== 'away') return
    const timer = setTimeout(() => void flush(), retryAfter)
    return () => clearTimeout(timer)
  }, [saving, flush])

  // Left by a link within the second: what is whole is written all the same.
  useEffect(
    () => () => {
      if (latest.current !== first) void flush()
    },
    [flush, first],
  )

  const settle = useCallback(
    (take: 'mine' | 'theirs') => {
      if (saving.kind !== 'clash') return
      if (take === 'theirs') put(takeFields(latest.current, saving.theirs, saving.clashes))
      void flush()
    },
    [saving, put, flush],
  )

  return { draft, saving, change, flush, settle, campaign: saved.current?.campaign }
}
export type DraftState = ReturnType<typeof useDraft>
