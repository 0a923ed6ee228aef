import * as contract from '../../../contract/work-with-employers/employer-files/employer-files.ts'
import { action } from '../../platform/action.ts'
import { keyShapes, pageOf, readCursor } from '../../platform/cursor.ts'
import { found } from '../../platform/errors.ts'
import { addressesOf } from '../../territory-and-register/establishments/alike.queries.ts'
import { withEstablishments } from '../campaigns/references.queries.ts'
import { mayReadFile } from './employer-files.policy.ts'
import { findFile } from './employer-files.queries.ts'
import { type ReviewRow, reviewRows } from './review.queries.ts'

const addressOf = ({ address, postalCode, town }: ReviewRow['said']): string | null =>
  [address, [postalCode, town].filter(Boolean).join(' ')].filter(Boolean).join(', ') || null

/** The rows to settle one by one, with those whom they may mean; or the rejected ones, with the reason. */
export const listFileRows = action(contract.listFileRows, {
  load: async ({ params: { fileId }, query }, { db, today }) => {
    const limit = query.limit ?? 50
    const after = Number(readCursor(query.after, keyShapes.number)?.[0] ?? 0)
    const [file, rows] = await Promise.all([findFile(db, fileId), reviewRows(db, fileId, query.part, after, limit)])
    const page = pageOf(rows, limit, ({ line }) => [line])
    const sirets = [
      ...new Set(page.rows.flatMap(({ siret, candidates }) => [...candidates, ...(siret ? [siret] : [])])),
    ]
    const [lines, addresses] = await Promise.all([
      withEstablishments(
        db,
        sirets.map(siret => ({ siret, key: siret })),
        today,
      ),
      addressesOf(db, sirets),
    ])
    return {
      file: found(file),
      page,
      of: new Map(lines.map(({ key, establishment }) => [key, establishment])),
      addresses,
    }
  },
  may: (viewer, { file }) => mayReadFile(viewer, file),
  run: async ({ page, of, addresses }) => ({
    items: page.rows.map(({ line, said, siret, recognised, candidates, because }) => ({
      line,
      name: said.name ?? null,
      siret: said.siret ?? null,
      address: addressOf(said),
      recognised,
      chosen: siret === null ? null : of.get(siret)!,
      candidates: candidates.map(one => ({ establishment: of.get(one)!, address: addresses.get(one) || null })),
      because,
    })),
    next: page.next,
  }),
})
