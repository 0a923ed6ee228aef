import { type RefObject, useCallback, useEffect, useRef, useState } from 'react'
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
  /** Nothing was typed yet: nothing is lacking either. */
  | { readonly kind: 'untouched' }
  | { readonly kind: 'away' }
  | { readonly kind: 'refused'; readonly problem: ApiProblem }
  | { readonly kind: 'clash'; readonly clashes: Merged['clashes']; readonly theirs: Draft }

const quiet = 800
const retryAfter = 4000

interface Creation {
  readonly body: CampaignInput
  readonly key: string
  readonly draft: Draft
}
/** Writes over the version last read, or creates: asked again, a creation has the same words and the same key. */
const send = async (
  known: Campaign | undefined,
  now: Draft,
  step: Campaign['step'] | undefined,
  creation: RefObject<Creation | undefined>,
): Promise<{ campaign: Campaign; draft: Draft }> => {
  const body = { ...bodyOf(now), ...(step ? { step } : {}) }
  if (known) {
    const params = { campaignId: known.id }
    return { campaign: await call(editCampaign, { params, body, ifMatch: known.version }), draft: now }
  }
  creation.current ??= { body, key: newKey(), draft: now }
  const first = creation.current
  return { campaign: await call(createCampaign, { body: first.body, idempotencyKey: first.key }), draft: first.draft }
}

interface Writing {
  readonly latest: RefObject<Draft>
  readonly saved: RefObject<{ campaign: Campaign; draft: Draft } | undefined>
  readonly creation: RefObject<Creation | undefined>
  readonly created: RefObject<((campaign: Campaign) => void) | undefined>
  readonly put: (draft: Draft) => void
  readonly keep: (campaign: Campaign, written: Draft) => void
  readonly tell: (saving: Saving) => void
}
/** Writes what is not written yet; answers where the writing stands then. */
const writeAll = async (
  { latest, saved, creation, created, put, keep, tell }: Writing,
  step?: Campaign['step'],
): Promise<Saving> => {
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
    tell({ kind: 'saving' })
    try {
      const written = await send(known?.campaign, now, advances ? step : undefined, creation)
      keep(written.campaign, written.draft)
      if (!known) created.current?.(written.campaign)
    } catch (error) {
      const problem = asProblem(error)
      if (problem.status === 0 || problem.status >= 500) return { kind: 'away' }
      creation.current = undefined
      const current = problem.code === 'request/changed-meanwhile' && known ? (problem.current as Campaign) : undefined
      if (!current) return { kind: 'refused', problem }
      const theirs = draftOf(current)
      const { draft: merged, taken, clashes } = merge(known!.draft, now, theirs)
      keep(current, theirs)
      if (taken.length) announce(`Modifié entre-temps par une autre personne, et repris ici : ${formatList(taken)}.`)
      put(merged)
      if (clashes.length) return { kind: 'clash', clashes, theirs }
    }
  }
}

/** Writes a moment after the last key, and tries again while the service is away. `unwritten` changes with each key. */
const useAutosave = (saving: Saving, unwritten: () => boolean, flush: () => Promise<Saving>) => {
  const clashing = saving.kind === 'clash'
  useEffect(() => {
    if (clashing || !unwritten()) return
    const timer = setTimeout(() => void flush(), quiet)
    return () => clearTimeout(timer)
  }, [unwritten, clashing, flush])
  useEffect(() => {
    if (saving.kind !== 'away') return
    const timer = setTimeout(() => void flush(), retryAfter)
    return () => clearTimeout(timer)
  }, [saving, flush])
}

/**
 * A draft saved as one types, a second after the last key: created with the first values that make a campaign, then
 * written on the version last read.
 * One writing at a time. Lost answers are asked again with the same words under the same key, so that there is one
 * campaign.
 */
export const useDraft = (start: Draft, campaign: Campaign | undefined, onCreated?: (campaign: Campaign) => void) => {
  const [first] = useState(start)
  const [draft, setDraft] = useState(start)
  const [saving, setSaving] = useState<Saving>(campaign ? { kind: 'saved', campaign } : { kind: 'untouched' })
  const latest = useRef(draft)
  const saved = useRef(campaign && { campaign, draft: draftOf(campaign) })
  const creation = useRef<Creation>(undefined)
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

  const write = useCallback(
    (step?: Campaign['step']) => writeAll({ latest, saved, creation, created, put, keep, tell: setSaving }, step),
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
  const unwritten = useCallback(
    () => (saved.current ? differing(saved.current.draft, draft).length > 0 : draft !== first),
    [draft, first],
  )
  useAutosave(saving, unwritten, flush)

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
