/**
 * Imports of public data, each as `npm run import -- …`:
 * - `territories`: communes, EPCIs, departments, regions (from @etalab/decoupage-administratif);
 * - `clpe <file.csv> --edition 2026-05 [--in-force-from 2026-05-01] [--reject-file F]`;
 * - `alias <CLPE code> "Cœur de Gironde"`;
 * - `contours <files.geojson…> [--source "maker, licence"] [--reject-file F]`: contours of communes, EPCIs, departments, for the maps;
 * - `naf <file.csv>`: INSEE's labels, NAF rév. 2 or NAF 2025;
 * - `naf-correspondence <file.csv> --edition 2025-08`: INSEE's table between both;
 * - `rome <file.csv>`: the appellations of the ROME, names of jobs for needs;
 * - `sirene <files…> [--departement 33 | --epci SIREN | --clpe CODE] [--active-only] [--reject-file F] [--batch-rows N]`;
 * - `updates [--since 2026-11-20] [--reject-file F]`: changes since, by API Sirene (SIRENE_API_KEY).
 * - `dpae <files…> [--reject-file F] [--batch-rows N]`: hires that employers declared (docs/dpae.md).
 * - `services <files…> [--reject-file F] [--batch-rows N]`: services of the operator (docs/services-import.md).
 * Each wants --operator "Nom ou matricule": the trail keeps who launches it, what was asked, its beginning and its end.
 * So it says where data come from (SEC-1).
 */
import { readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { parseArgs } from 'node:util'
import pg from 'pg'
import { helpWhenAsked, isBadOption, sayAndExit, withDatabase } from './command.ts'
import { appendAudit, commandOrigin, isOperator } from './platform/audit.ts'
import { environment, readSirene } from './platform/config.ts'
import { ownerTransaction } from './platform/database.ts'
import { uuidv7 } from './platform/ids.ts'
import { addDays, parisDay, systemClock } from './platform/time.ts'
import { moveProvisional, settleProvisional } from './territory-and-register/establishments/provisional.queries.ts'
import { bringHirings } from './territory-and-register/recruitments/bring-hirings.ts'
import { dropBuild } from './territory-and-register/register/build-state.queries.ts'
import { ImportRefused } from './territory-and-register/register/import-options.ts'
import { importRegister } from './territory-and-register/register/import-register.ts'
import { conclude, n, progressTo, rejectsTo, steps } from './territory-and-register/register/import-report.ts'
import { takeImportLock } from './territory-and-register/register/prepare-import.queries.ts'
import { moveTerritories, refreshTerritories } from './territory-and-register/register/refresh-territories.queries.ts'
import { sireneApi } from './territory-and-register/register/sirene-api.ts'
import { updateRegister } from './territory-and-register/register/update-register.ts'
import { bringCorrespondence, bringNaf, isEdition } from './territory-and-register/territories/bring-activities.ts'
import { importClpe } from './territory-and-register/territories/import-clpe.ts'
import { type ContourKind, importContours, NotContours } from './territory-and-register/territories/import-contours.ts'
import { saveAlias } from './territory-and-register/territories/import-territories.queries.ts'
import { importTerritories, readCog } from './territory-and-register/territories/import-territories.ts'
import { currentTerritory } from './territory-and-register/territories/territories.queries.ts'
import { bringJobTitles } from './work-with-employers/needs/import-job-titles.ts'
import { bringServices } from './work-with-employers/services/bring-services.ts'

const usage = `usage, avec --operator "Nom ou matricule" :
  npm run import -- territories
  npm run import -- clpe FICHIER.csv --edition AAAA-MM [--in-force-from AAAA-MM-JJ] [--reject-file F]
  npm run import -- alias CODE-CLPE "Nom d’usage"
  npm run import -- naf FICHIER.csv
  npm run import -- naf-correspondence FICHIER.csv --edition AAAA-MM
  npm run import -- rome FICHIER.csv
  npm run import -- contours FICHIERS.geojson… [--source "Producteur, licence"] [--reject-file F]
  npm run import -- sirene FICHIERS… [--departement 33 | --epci SIREN | --clpe CODE] [--active-only] [--reject-file F] [--batch-rows N]
  npm run import -- updates [--since AAAA-MM-JJ] [--reject-file F]
  npm run import -- dpae FICHIERS… [--reject-file F] [--batch-rows N]
  npm run import -- services FICHIERS… [--reject-file F] [--batch-rows N]`
helpWhenAsked(usage)

const readWords = () =>
  parseArgs({
    allowPositionals: true,
    options: {
      edition: { type: 'string' },
      'in-force-from': { type: 'string' },
      departement: { type: 'string', multiple: true },
      epci: { type: 'string', multiple: true },
      clpe: { type: 'string', multiple: true },
      'active-only': { type: 'boolean', default: false },
      'reject-file': { type: 'string' },
      'batch-rows': { type: 'string' },
      since: { type: 'string' },
      source: { type: 'string' },
      operator: { type: 'string' },
    },
  })
const {
  values: options,
  positionals: [what, ...files],
} = (() => {
  try {
    return readWords()
  } catch (error) {
    return sayAndExit(isBadOption(error) ? new ImportRefused(`${error.message}\n\n${usage}`) : error)
  }
})()
const today = parisDay(systemClock())
const say = (line: string) => console.log(line)
const contourWords: Record<ContourKind, string> = { departement: 'départements', epci: 'EPCI', commune: 'communes' }

const areaOf = async (owner: pg.Client): Promise<{ ids: number[] | null; name: string }> => {
  const asked = (['departement', 'epci', 'clpe'] as const).flatMap(kind =>
    (options[kind] ?? []).map(code => ({ kind, code })),
  )
  const found = []
  for (const { kind, code } of asked) {
    const territory = await currentTerritory(owner, kind, code)
    if (!territory) throw new ImportRefused(`territoire inconnu : ${kind} ${code}`)
    found.push(territory)
  }
  return {
    ids: found.length ? found.map(t => t.id) : null,
    name: `${found.map(t => t.name).join(', ') || 'France entière'}${options['active-only'] ? ', actifs seulement' : ''}`,
  }
}

const only = (name: string): string => {
  const [file, ...rest] = files
  if (!file || rest.length) throw new ImportRefused(`${name} attend un fichier, et un seul`)
  return file
}
const textOf = (name: string): string => readFileSync(only(name), 'utf8')
const day = (text: string): string => {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text) || addDays(text, 0) !== text)
    throw new ImportRefused(`jour attendu au format AAAA-MM-JJ : ${text}`)
  return text
}

/** The register first, then what people recorded about it. */
const follow = async (owner: pg.Client) => {
  if (await takeImportLock(owner, 0)) await dropBuild(owner) // what an import has prepared lies in the territories of before
  say(`Établissements changés de territoire : ${n(await refreshTerritories(owner, today))}`)
  say(`Campagnes, cibles, échanges et interlocuteurs qui ont suivi : ${n(await moveTerritories(owner))}`)
  say(`Fiches provisoires changées de territoire : ${n(await moveProvisional(owner, today))}`)
  await settleProvisional(owner)
}

const bringTerritories = async (owner: pg.Client): Promise<number> => {
  const r = await importTerritories(owner, readCog(), today)
  say(
    `Découpage ${r.edition} : ${n(r.communes)} communes, ${n(r.retired)} anciens codes, ${n(r.epcis)} EPCI, ${r.departements} départements, ${r.regions} régions`,
  )
  await follow(owner)
  return 0
}
const bringClpe = async (owner: pg.Client): Promise<number> => {
  const edition = options.edition ?? ''
  if (!isEdition(edition)) throw new ImportRefused('clpe attend --edition AAAA-MM')
  const rejects = rejectsTo(options['reject-file'], say)
  const file = only('clpe')
  const r = await importClpe(
    owner,
    readFileSync(file, 'utf8'),
    { edition, inForceFrom: day(options['in-force-from'] ?? `${edition}-01`) },
    today,
  )
  for (const reject of r.rejects) rejects.add(file, reject)
  await rejects.close()
  say(
    `CLPE, édition ${r.edition} : ${n(r.read)} lignes lues, ${n(r.communes)} communes, ${n(r.clpes)} CLPE (${n(r.continued)} continués d’une autre édition, ${n(r.created)} nouveaux), ${n(r.rejects.length)} rejets`,
  )
  say(`Communes sans CLPE dans cette édition : ${n(r.communesWithout)} · édition en vigueur : ${r.inForce ?? 'aucune'}`)
  await follow(owner)
  return 0
}
const bringAlias = async (owner: pg.Client): Promise<number> => {
  const [code, alias] = files
  if (!code || !alias || !(await saveAlias(owner, 'clpe', code, alias)))
    throw new ImportRefused('alias attend le code d’un CLPE de l’édition en vigueur, puis son nom d’usage')
  say(`${code} : « ${alias} »`)
  return 0
}
const bringContours = async (owner: pg.Client): Promise<number> => {
  if (!files.length) throw new ImportRefused('contours attend un ou plusieurs fichiers GeoJSON')
  if ((options.source?.length ?? 0) > 200) throw new ImportRefused('--source a 200 caractères au plus')
  const rejects = rejectsTo(options['reject-file'], say)
  for (const file of files) {
    const r = await importContours(owner, readFileSync(file, 'utf8'), options.source).catch(error => {
      throw error instanceof NotContours ? new ImportRefused(`${file} : ${error.message}`) : error
    })
    for (const reject of r.rejects) rejects.add(file, reject)
    const kept = (Object.entries(r.kept) as [ContourKind, number][])
      .map(([kind, count]) => `${contourWords[kind]} ${n(count)}`)
      .join(', ')
    say(
      `${file} : ${n(r.read)} contours lus${kept && `, gardés : ${kept}`} · nouveaux ou modifiés ${n(r.changed)} · rejetés ${n(r.rejects.length)}`,
    )
    if (r.unknown.length)
      say(
        `  gardés sans être montrés, code d’aucun territoire d’aujourd’hui : ${r.unknown.slice(0, 20).join(', ')}${r.unknown.length > 20 ? `, et ${n(r.unknown.length - 20)} autres` : ''}`,
      )
  }
  await rejects.close()
  return 0
}
const batchRows = () => (options['batch-rows'] ? Number(options['batch-rows']) : undefined)
const bringSirene = async (owner: pg.Client, ownerUrl: string): Promise<number> => {
  if (!files.length) throw new ImportRefused('sirene attend un ou plusieurs fichiers CSV, GZ, ZIP ou Parquet')
  const area = await areaOf(owner)
  const rejects = rejectsTo(options['reject-file'], say)
  const progress = progressTo(process.stdout)
  say(`Import du répertoire : ${area.name}`)
  const counts = await importRegister(owner, files, {
    area: area.ids,
    activeOnly: options['active-only'],
    scopeName: area.name,
    today,
    batchRows: batchRows(),
    onReject: rejects.add,
    onRejectsTold: rejects.close,
    onProgress: progress.show,
    onStep: step => {
      progress.clear()
      say(steps[step])
    },
    connect: async () => {
      const session = new pg.Client(ownerUrl)
      session.on('error', () => {})
      await session.connect()
      return session
    },
  })
  progress.clear()
  return conclude(counts, say)
}
const bringUpdates = async (owner: pg.Client): Promise<number> => {
  if (files.length) throw new ImportRefused('updates ne prend pas de fichier')
  const api = sireneApi(readSirene(environment()))
  const rejects = rejectsTo(options['reject-file'], say)
  const progress = progressTo(process.stdout)
  const counts = await updateRegister(owner, api, {
    today,
    since: options.since === undefined ? undefined : day(options.since),
    onReject: rejects.add,
    onProgress: progress.show,
  })
  progress.clear()
  await rejects.close()
  return conclude(counts, say)
}
const ofLines = () => ({ today, batchRows: batchRows(), rejectFile: options['reject-file'] })
/** Each kind of import, by its word on the command line. Answers the exit code. */
const commands = new Map<string, (owner: pg.Client, ownerUrl: string) => Promise<number>>([
  ['territories', bringTerritories],
  ['clpe', bringClpe],
  ['alias', bringAlias],
  ['contours', bringContours],
  ['naf', owner => bringNaf(owner, textOf('naf'), say)],
  ['naf-correspondence', owner => bringCorrespondence(owner, textOf('naf-correspondence'), options.edition, say)],
  ['rome', owner => bringJobTitles(owner, textOf('rome'), say)],
  ['sirene', bringSirene],
  ['updates', bringUpdates],
  ['dpae', owner => bringHirings(owner, files, ofLines(), say)],
  ['services', owner => bringServices(owner, files, ofLines(), say)],
])
/**
 * Who launched it and what was asked: before it begins, so that one that is killed leaves its trace too, and once it
 * ended.
 */
const note = (
  ownerUrl: string,
  action: 'reference-data.import-begun' | 'reference-data.import-ended',
  detail: object,
) =>
  ownerTransaction(ownerUrl, db => {
    const { operator, 'reject-file': _, ...asked } = options
    return appendAudit(
      db,
      {
        at: systemClock(),
        actorId: null,
        organisationId: null,
        origin: commandOrigin(operator!.trim()),
        requestId: '',
      },
      [
        {
          action,
          subject: ['import', what!],
          detail: { ...asked, files: files.map(file => basename(file)), ...detail },
        },
      ],
      uuidv7,
    )
  })

try {
  process.exitCode = await withDatabase(async ({ ownerUrl }) => {
    const owner = new pg.Client(ownerUrl)
    owner.on('error', () => {}) // a lost connection fails the statement that was running, which says so
    await owner.connect()
    try {
      const command = commands.get(what ?? '')
      if (!command) throw new ImportRefused(usage)
      if (!isOperator(options.operator?.trim()))
        throw new ImportRefused(
          '--operator manque : le nom ou le matricule de la personne qui lance l’import, de deux à quatre-vingts caractères ; le journal le garde',
        )
      await note(ownerUrl, 'reference-data.import-begun', {})
      const code = await command(owner, ownerUrl)
      await note(ownerUrl, 'reference-data.import-ended', { complete: code === 0 })
      return code
    } finally {
      await owner.end().catch(() => {})
    }
  })
} catch (error) {
  sayAndExit(error)
}
