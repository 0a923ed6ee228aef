import type pg from 'pg'
import { detailDigestOf, leafOf, type StoredEntry } from './trail-digests.ts'

export interface Finding {
  readonly entryId: string
  readonly at: string
  readonly action: string
  /** `entry`: the row or its leaf was altered. `detail`: what was said was altered, or put back after being erased. */
  readonly what: 'entry' | 'detail'
}
export interface Verification {
  readonly entries: number
  readonly altered: readonly Finding[]
  /** Details erased at a person's request: allowed, the leaf stays true without them. */
  readonly erased: number
  /** Safeguards of the trail that someone took away. */
  readonly missingSafeguards: readonly string[]
}

const batch = 5_000
const safeguards = ['leaf', 'append_only', 'append_only_truncate']

/** Recomputes every leaf and every digest of a detail, in order of id, in one snapshot; memory does not grow with the trail. `client` is connected as cc_owner. */
export const verifyTrail = async (client: pg.ClientBase, onProgress: (entries: number) => void = () => {}): Promise<Verification> => {
  const altered: Finding[] = []
  let [entries, erased, after] = [0, 0, '00000000-0000-0000-0000-000000000000']
  await client.query('begin isolation level repeatable read read only')
  try {
    const { rows: standing } = await client.query(`select tgname from pg_trigger where tgrelid = 'audit_entries'::regclass and tgenabled in ('O', 'A')`)
    for (;;) {
      const { rows } = await client.query<StoredEntry & { leaf: Buffer; at: string; salt: Buffer | null; detail: string | null }>(`
        select e.id, extract(epoch from e.at)::text as epoch, to_char(e.at at time zone 'Europe/Paris', 'YYYY-MM-DD HH24:MI:SS') as at, e.actor_id as "actorId", e.organisation_id as "organisationId", e.action,
          e.subject_kind as "subjectKind", e.subject_id as "subjectId", e.origin, e.request_id as "requestId", e.detail_digest as "detailDigest", e.leaf, d.salt, d.detail::text as detail
        from audit_entries e left join audit_details d on d.entry_id = e.id where e.id > $1 order by e.id limit ${batch}`, [after])
      for (const row of rows) {
        const said = { entryId: row.id, at: row.at, action: row.action }
        if (!leafOf(row).equals(row.leaf)) altered.push({ ...said, what: 'entry' })
        if (row.salt === null || row.detail === null) erased += 1
        else if (!detailDigestOf(row.salt, row.detail).equals(row.detailDigest)) altered.push({ ...said, what: 'detail' })
      }
      entries += rows.length
      if (rows.length < batch) break
      after = rows.at(-1)!.id
      onProgress(entries)
    }
    return { entries, altered, erased, missingSafeguards: safeguards.filter(name => !standing.some(t => t.tgname === name)) }
  } finally {
    await client.query('rollback')
  }
}

const count = (n: number, one: string, many: string) => `${n.toLocaleString('fr-FR')} ${n > 1 ? many : one}`
const words = { entry: 'entrée ou empreinte modifiée', detail: 'détail modifié' }

/** The report as a person reads it. */
export const reportInWords = ({ entries, altered, erased, missingSafeguards }: Verification): string[] => [
  `Trace : ${count(entries, 'entrée vérifiée', 'entrées vérifiées')}.`,
  ...(erased ? [`${count(erased, 'détail effacé', 'détails effacés')} : l’effacement est permis, l’entrée reste vérifiable.`] : []),
  ...altered.map(f => `ALTÉRÉ  ${f.entryId}  ${f.at}  ${f.action}  ${words[f.what]}`),
  ...missingSafeguards.map(name => `PROTECTION ABSENTE  le déclencheur « ${name} » de audit_entries est retiré ou désactivé`),
  altered.length || missingSafeguards.length ? `${count(altered.length, 'altération trouvée', 'altérations trouvées')}.` : 'Aucune altération trouvée.',
  'Rien n’est encore scellé : une entrée supprimée, ou réécrite avec son empreinte, ne se voit pas tant que la trace n’est pas scellée et confiée à un témoin.',
]
export const isSound = ({ altered, missingSafeguards }: Verification): boolean => altered.length === 0 && missingSafeguards.length === 0
