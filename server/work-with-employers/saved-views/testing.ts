import type pg from 'pg'
import { uuidv7 } from '../../platform/ids.ts'
import type { Sharing, ViewedList } from './view-rules.ts'

export interface ViewSeed {
  readonly id: string
  readonly ownerId: string
  readonly organisationId: string
  readonly list: ViewedList
  readonly campaignId: string | null
  readonly name: string
  readonly address: Record<string, string>
  readonly sharedWith: Sharing
}
/** A view of a search, kept to oneself. */
export const aView = (over: Partial<ViewSeed> & Pick<ViewSeed, 'ownerId' | 'organisationId'>): ViewSeed => {
  const id = uuidv7()
  return {
    id,
    list: 'search',
    campaignId: null,
    name: `Vue ${id}`,
    address: { q: 'garage' },
    sharedWith: 'nobody',
    ...over,
  }
}
/** `owner` is connected as cc_owner. */
export const insertView = async (owner: pg.Pool, view: ViewSeed): Promise<ViewSeed> => {
  await owner.query(
    `insert into saved_views (id, owner_id, organisation_id, list, campaign_id, name, address, shared_with, saved_at)
      values ($1, $2, $3, $4, $5, $6, $7, $8, now())`,
    [
      view.id,
      view.ownerId,
      view.organisationId,
      view.list,
      view.campaignId,
      view.name,
      JSON.stringify(view.address),
      view.sharedWith,
    ],
  )
  return view
}
