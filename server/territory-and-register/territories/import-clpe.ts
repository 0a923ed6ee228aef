import type pg from 'pg'
import { applyEditions, communesToday, knownCompositions, newClpe, saveClpeEdition } from './clpe-editions.queries.ts'
import { byNearness, continueIdentities } from './clpe-succession.ts'
import { saveEdition } from './import-territories.queries.ts'
import { readCsv } from './small-csv.ts'

export interface ClpeRow {
  readonly commune: string
  readonly code: string
  readonly name: string
}
export interface ClpeReject {
  readonly line: number
  readonly reason: 'no-code' | 'unknown-commune' | 'repeated-commune'
  readonly text: string
}

/**
 * Columns by name: the national file's (commune_id, territoire_id, territoire_libelle) or a table of communes
 * (code_insee, clpe_id, clpe_libelle).
 */
export const readClpe = (text: string): { line: number; row: ClpeRow }[] => {
  const records = readCsv(text)
  const pick = (names: string[]) => names.find(n => records[0] && n in records[0])
  const [commune, code, name] = [
    pick(['commune_id', 'code_insee']),
    pick(['territoire_id', 'clpe_id']),
    pick(['territoire_libelle', 'clpe_libelle']),
  ]
  if (!commune || !code || !name) throw new Error('colonnes attendues : commune_id, territoire_id, territoire_libelle')
  // "CLPE BORDEAUX HORS MÉTROPOLE" in one edition, "Bordeaux hors Métropole" in the next: the prefix names nothing.
  return records.map((r, i) => ({
    line: i + 2,
    row: { commune: r[commune]!, code: r[code]!, name: r[name]!.replace(/^CLPE\s+/i, '') },
  }))
}

export interface ClpeEdition {
  readonly edition: string
  readonly inForceFrom: string
}

/** Adds or corrects an edition, in one transaction, then puts in force the one of the day. */
export const importClpe = async (owner: pg.ClientBase, text: string, edition: ClpeEdition, today: string) => {
  const lines = readClpe(text)
  const rejects: ClpeReject[] = []
  await owner.query('begin')
  try {
    const current = await communesToday(owner, today)
    if (current.size === 0) throw new Error('aucune commune en base : lancez d’abord « npm run import -- territories »')
    const kept = new Map<string, string>()
    const names = new Map<string, string>()
    const composition = new Map<string, Set<string>>()
    for (const { line, row } of lines) {
      const text = `${row.commune},${row.code},${row.name}`
      if (!/^[0-9A-Z_]{3,20}$/.test(row.code) || !row.name) rejects.push({ line, reason: 'no-code', text })
      else if (kept.has(row.commune)) rejects.push({ line, reason: 'repeated-commune', text })
      else if (!current.has(row.commune)) rejects.push({ line, reason: 'unknown-commune', text })
      else {
        kept.set(row.commune, row.code)
        if (!names.has(row.code)) names.set(row.code, row.name)
        composition.set(row.code, (composition.get(row.code) ?? new Set()).add(current.get(row.commune)!))
      }
    }
    const known = await knownCompositions(owner, current)
    const identities = continueIdentities(
      composition,
      byNearness(edition, known).map(e => e.communes),
    )
    const continued = [...identities.values()].filter(id => id !== null).length
    for (const [code, id] of identities)
      if (id === null) identities.set(code, await newClpe(owner, code, names.get(code)!))
    await saveEdition(owner, 'clpe', edition.edition, `${edition.edition}-01`, edition.inForceFrom)
    await saveClpeEdition(
      owner,
      edition.edition,
      [...identities].map(([code, id]) => ({ clpeId: id!, code, name: names.get(code)! })),
      [...kept].map(([commune, code]) => ({ commune, clpeId: identities.get(code)! })),
    )
    const inForce = await applyEditions(owner, today)
    await owner.query('commit')
    const without = new Set(current.values()).difference(new Set([...composition.values()].flatMap(c => [...c]))).size
    return {
      edition: edition.edition,
      read: lines.length,
      communes: kept.size,
      clpes: identities.size,
      continued,
      created: identities.size - continued,
      communesWithout: without,
      inForce,
      rejects,
    }
  } catch (error) {
    await owner.query('rollback')
    throw error
  }
}
