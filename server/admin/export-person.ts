import { closeSync, openSync, rmSync, writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { sql } from 'kysely'
import { type Answered, askedPerson } from '../oversight/personal-data/asked-person.ts'
import { asText, exportWords } from '../oversight/personal-data/export-words.ts'
import { gatherPerson } from '../oversight/personal-data/gather-person.ts'
import { type FoundPerson, keysOf } from '../oversight/personal-data/person.queries.ts'
import { stepsLeft } from '../oversight/rights-requests/rights-request-rules.ts'
import { findRequest } from '../oversight/rights-requests/rights-requests.queries.ts'
import { appendAudit } from '../platform/audit.ts'
import type { Db } from '../platform/database.ts'
import { uuidv7 } from '../platform/ids.ts'
import { systemClock } from '../platform/time.ts'
import { type Command, Misuse } from './command.ts'
import { typedLines } from './typed-lines.ts'

const isUuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/
const kindWords = { account: 'compte', correspondent: 'fiche', contact: 'interlocuteur de convention' } as const
const subjectKinds = { account: 'account', correspondent: 'correspondent', contact: 'convention-contact' } as const

const refusalOf = (answered: Exclude<Answered, { outcome: 'found' }>, rank: number): Error => {
  const line = `ligne ${rank}`
  if (answered.outcome === 'unreadable')
    return new Misuse(`${line} : ni un courriel, ni un téléphone, ni le numéro d’un compte ou d’une fiche`)
  if (answered.outcome === 'unknown') return new Error(`${line} : personne n’y répond, rien n’a été écrit`)
  const numbers = answered.persons.map(({ kind, id }) => `  ${kindWords[kind]} ${id}`).join('\n')
  return new Error(
    `${line} : plusieurs personnes y répondent, et des homonymes ne se mêlent pas. Rien n’a été écrit.\nVérifiez qui demande, puis donnez son numéro, ou ses numéros, un par ligne :\n${numbers}`,
  )
}

const readRequest = (args: string[]) => {
  const {
    values,
    positionals: [person],
  } = parseArgs({
    args,
    allowPositionals: true,
    options: { purpose: { type: 'string' }, request: { type: 'string' }, to: { type: 'string' } },
  })
  const request = values.request?.trim().toLowerCase()
  if (request !== undefined && !isUuid.test(request))
    throw new Misuse('--request : le numéro de la demande de droits, que dit sa page')
  if (request !== undefined && values.purpose !== undefined)
    throw new Misuse('--request dit la finalité : --purpose ne se donne pas avec')
  const purpose = request ? `Demande de droits n° ${request}` : (values.purpose?.trim() ?? '')
  const to = values.to?.trim().replace(/\.(json|txt)$/, '') ?? ''
  if (person)
    throw new Misuse('la personne ne se donne pas sur la ligne de commande, qui reste en mémoire : tapez-la ensuite')
  if (purpose.length < 10 || purpose.length > 300)
    throw new Misuse(
      '--request ou --purpose manque : le numéro de la demande à laquelle cet export répond, ou sa raison, de dix à trois cents caractères',
    )
  if (!to) throw new Misuse('--to manque : le fichier à écrire, sans son extension')
  return { purpose, request, to }
}

/** Of the register: whoever asks is known for sure, and no answer was given yet. */
const checkRequest = async (db: Db, id: string) => {
  const request = await findRequest(db, id)
  if (!request) throw new Error('aucune demande de droits n’a ce numéro : rien n’a été écrit')
  const left = stepsLeft(request)
  if (!left.includes('answer')) throw new Error('cette demande a déjà sa réponse : rien n’a été écrit')
  if (left.includes('identity'))
    throw new Error('l’identité de la personne n’est pas vérifiée : notez-la sur la demande. Rien n’a été écrit')
}

/** Two files that only their owner reads; none is written over. `ifUndone` removes those written, and no other. */
const writeBoth = (
  to: string,
  contents: Readonly<Record<'json' | 'txt', string>>,
  ifUndone: (undo: () => void) => void,
) => {
  try {
    for (const [extension, content] of Object.entries(contents)) {
      const file = `${to}.${extension}`
      const opened = openSync(file, 'wx', 0o600)
      ifUndone(() => rmSync(file, { force: true }))
      try {
        writeFileSync(opened, content)
      } finally {
        closeSync(opened)
      }
    }
  } catch (error) {
    const exists = (error as { code?: string }).code === 'EEXIST'
    throw new Error(
      exists ? 'un fichier de ce nom existe déjà : rien n’a été écrit' : 'le fichier ne peut pas être écrit là',
    )
  }
}

/** All that is kept of one person who asks for it (PRI-2), for a purpose that the trail keeps (PRI-5). */
export const exportPerson: Command = async (db, args, act, ifUndone) => {
  const { purpose, request, to } = readRequest(args)
  const typed = await typedLines('Courriel, téléphone ou numéro de la personne, un par ligne, puis une ligne vide :')
  if (typed.length === 0) throw new Misuse('la personne manque : tapez son courriel, son téléphone ou son numéro')
  // Every table as it stood at one instant.
  await db.run(sql`set transaction isolation level repeatable read`)
  if (request) await checkRequest(db, request)
  const persons: FoundPerson[] = []
  for (const [at, line] of typed.entries()) {
    const answered = await askedPerson(db, line)
    if (answered.outcome !== 'found') throw refusalOf(answered, at + 1)
    if (!persons.some(({ id }) => id === answered.person.id)) persons.push(answered.person)
  }
  const [now, gathered] = [systemClock(), await gatherPerson(db, await keysOf(db, persons))]
  const rows = gathered.reduce((sum, { about, acted }) => sum + about.length + acted.length, 0)
  await appendAudit(
    db,
    { ...act, at: now, organisationId: null },
    [
      ...persons.map(({ kind, id }) => ({
        action: 'person.exported',
        subject: [subjectKinds[kind], id] as const,
        detail: { purpose, tables: gathered.length, rows },
      })),
      ...(request
        ? [
            {
              action: 'rights-request.exported',
              subject: ['rights-request', request] as const,
              detail: { tables: gathered.length, rows },
            },
          ]
        : []),
    ],
    uuidv7,
  )
  // Whatever the commit would still refuse is refused before a file exists.
  await db.run(sql`set constraints all immediate`)
  const words = exportWords({ madeAt: now, madeBy: act.origin, purpose, persons }, gathered)
  writeBoth(to, { json: `${JSON.stringify(words, null, 2)}\n`, txt: asText(words) }, ifUndone)
  return `${rows} lignes de ${gathered.length} tables, dans ${to}.json et ${to}.txt, que vous seul pouvez lire.\nRelisez les textes libres avant de les remettre, puis effacez ces fichiers.`
}
