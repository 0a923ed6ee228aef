import { Type } from 'typebox'
import { Id, Instant, listOf, Nullable, oneOf, PageQuery, Siret, Text } from '../../common.ts'
import { defineRoute, fileBodyLimit } from '../../route.ts'
import { EstablishmentLine } from '../../territory-and-register/establishments.ts'
import { civilities } from '../correspondents.ts'
import { Visibility } from '../exchanges.ts'

/** What a column of a file may be: the employer, whom one met there, and a past contact. */
export const employerFields = ['siret', 'name', 'address', 'postalCode', 'town'] as const
export const personFields = ['civility', 'familyName', 'givenName', 'role', 'email', 'phone', 'otherPhone'] as const
export const contactFields = ['day', 'channel', 'result', 'notes'] as const
export const fileFields = [...employerFields, ...personFields, ...contactFields] as const
export const mostFileRows = 20_000
/** Rows sent at a time: the longest ones still fit in a body. */
export const mostSentAtOnce = 200
export const mostFileColumns = 100
/** Days during which a whole file may be undone. */
export const daysToUndo = 30
export const fileStates = ['receiving', 'trying', 'tried', 'doing', 'done', 'undoing', 'undone'] as const
/** How the employer of a row was found, or why it is not. */
export const recognitions = ['siret', 'name', 'chosen', 'doubtful', 'unknown', 'ignored'] as const
export const personOutcomes = [
  'added',
  'completed',
  'known',
  'objected',
  'nameless',
  'closed',
  'removed',
  'kept',
] as const
export const contactOutcomes = ['added', 'known', 'removed', 'kept'] as const
/** Of words without a date: a note on the employer. */
export const noteOutcomes = ['added', 'known', 'closed', 'removed', 'kept'] as const
/** Why a row is left out whole, or why undoing leaves what it made. */
export const leftRowReasons = [
  'doubtful',
  'unknown',
  'ignored',
  'outside',
  'nothing',
  'nobody',
  'day-unreadable',
  'day-to-come',
  'too-old',
  'channel-unknown',
  'result-unknown',
  'phone-unreadable',
  'email-unreadable',
  'changed',
] as const

const tag = 'Fichiers d’employeurs'
const needs = 'campagnes:conseiller'
const Sha256 = Type.String({ maxLength: 64, pattern: '^[0-9a-f]{64}$' })
const Line = Type.Integer({ minimum: 1, maximum: 1_000_000, description: 'Son numéro dans le fichier' })
const Columns = Type.Array(Nullable(oneOf(fileFields)), { minItems: 1, maxItems: mostFileColumns })
const Count = Type.Integer({ minimum: 0, maximum: mostFileRows })

/** Characters of a cell, at most. */
export const longestCells = {
  siret: 40,
  name: 200,
  address: 300,
  postalCode: 20,
  town: 100,
  familyName: 100,
  givenName: 100,
  role: 120,
  email: 254,
  phone: 40,
  otherPhone: 40,
  day: 40,
  channel: 60,
  result: 60,
  notes: 4000,
} as const
const cell = (field: keyof typeof longestCells) => Type.Optional(Text(longestCells[field]))
/** As the file writes it: the server reads each cell, and says which it cannot. Days are AAAA-MM-JJ. */
export const FileRow = Type.Object({
  line: Line,
  siret: cell('siret'),
  name: cell('name'),
  address: cell('address'),
  postalCode: cell('postalCode'),
  town: cell('town'),
  civility: Type.Optional(oneOf(civilities)),
  familyName: cell('familyName'),
  givenName: cell('givenName'),
  role: cell('role'),
  email: cell('email'),
  phone: cell('phone'),
  otherPhone: cell('otherPhone'),
  day: cell('day'),
  channel: cell('channel'),
  result: cell('result'),
  notes: cell('notes'),
})

const because = (reasons: typeof leftRowReasons) => Type.Array(Type.Object({ because: oneOf(reasons), count: Count }))
export const EmployerFile = Type.Object({
  id: Id,
  fileName: Type.String(),
  rows: Count,
  received: Count,
  visibility: Visibility,
  state: oneOf(fileStates),
  openedAt: Instant,
  askedAt: Nullable(Instant),
  endedAt: Nullable(Instant),
  undoUntil: Nullable(Instant),
  recognised: Type.Object({
    siret: Count,
    name: Count,
    chosen: Count,
    doubtful: Count,
    unknown: Count,
    ignored: Count,
  }),
  /** Of the part under way: rows gone through, of how many. */
  progress: Type.Object({ through: Count, of: Count }),
  people: Type.Object({
    added: Count,
    completed: Count,
    known: Count,
    objected: Count,
    nameless: Count,
    closed: Count,
    removed: Count,
    kept: Count,
  }),
  contacts: Type.Object({ added: Count, known: Count, removed: Count, kept: Count }),
  undated: Type.Object(
    { added: Count, known: Count, closed: Count, removed: Count, kept: Count },
    { description: 'Ce qui est dit sans date : une note sur l’employeur' },
  ),
  left: because(leftRowReasons),
  allowed: Type.Array(oneOf(['send', 'choose', 'try', 'confirm', 'advance', 'undo', 'forget'])),
})
const FileParams = Type.Object({ fileId: Id })

export const openEmployerFile = defineRoute({
  method: 'POST',
  path: '/employer-files',
  tag,
  summary: 'Ouvrir l’import d’un fichier d’employeurs : rien n’est écrit dans les fiches avant la confirmation',
  needs,
  body: Type.Object({
    fileName: Text(200),
    sha256: Sha256,
    rows: Type.Integer({ minimum: 1, maximum: mostFileRows }),
    visibility: Visibility,
    remember: Type.Optional(
      Type.Object(
        { headings: Sha256, fields: Columns },
        { description: 'L’empreinte des titres de colonnes, et ce qu’est chacune : retrouvé par toute la structure' },
      ),
    ),
  }),
  reply: EmployerFile,
})
export const sendFileRows = defineRoute({
  method: 'POST',
  path: '/employer-files/:fileId/rows',
  bodyLimit: fileBodyLimit,
  tag,
  summary: 'Envoyer des lignes du fichier ; une ligne déjà reçue reste telle quelle',
  needs,
  params: FileParams,
  body: Type.Object({ rows: Type.Array(FileRow, { minItems: 1, maxItems: mostSentAtOnce }) }),
  reply: EmployerFile,
  refusals: ['employer-file/not-now'],
})
export const listEmployerFiles = defineRoute({
  method: 'GET',
  path: '/employer-files',
  tag,
  summary: 'Mes fichiers d’employeurs, les derniers d’abord : 50 au plus',
  needs,
  query: Type.Object({ running: Type.Optional(Type.Boolean({ description: 'Ceux en cours seulement' })) }),
  reply: Type.Object({ items: Type.Array(EmployerFile) }),
})
export const getEmployerFile = defineRoute({
  method: 'GET',
  path: '/employer-files/:fileId',
  tag,
  summary: 'Un de mes fichiers d’employeurs : où il en est, ce qu’il créerait ou a créé',
  needs,
  params: FileParams,
  reply: EmployerFile,
})
export const listFileColumns = defineRoute({
  method: 'GET',
  path: '/employer-file-columns',
  tag,
  summary: 'Les correspondances de colonnes retenues par ma structure : 100 au plus',
  needs,
  reply: Type.Object({ items: Type.Array(Type.Object({ headings: Sha256, fields: Columns })) }),
})

/** `left`: rows left out, or whose undoing left something. */
export const rowParts = ['doubtful', 'unknown', 'settled', 'left'] as const
export const listFileRows = defineRoute({
  method: 'GET',
  path: '/employer-files/:fileId/rows',
  tag,
  summary: 'Les lignes à revoir d’un fichier, avec les établissements qui leur ressemblent, ou celles laissées de côté',
  needs,
  params: FileParams,
  query: Type.Object({ part: oneOf(rowParts), ...PageQuery }),
  reply: listOf(
    Type.Object({
      line: Line,
      name: Nullable(Type.String()),
      siret: Nullable(Type.String({ description: 'Comme le fichier l’écrit' })),
      address: Nullable(Type.String()),
      recognised: oneOf(recognitions),
      chosen: Nullable(EstablishmentLine),
      candidates: Type.Array(Type.Object({ establishment: EstablishmentLine, address: Nullable(Type.String()) })),
      because: Nullable(oneOf(leftRowReasons)),
    }),
  ),
})
export const chooseEmployer = defineRoute({
  method: 'PUT',
  path: '/employer-files/:fileId/rows/:line',
  tag,
  summary: 'Dire quel établissement est celui d’une ligne, ou l’ignorer',
  needs,
  params: Type.Object({ fileId: Id, line: Line }),
  body: Type.Object({ siret: Type.Union([Siret, Type.Null()], { description: 'Null : la ligne est ignorée' }) }),
  reply: EmployerFile,
  refusals: ['employer-file/not-now', 'establishment/unknown'],
})

const moving = { tag, needs, params: FileParams, reply: EmployerFile, refusals: ['employer-file/not-now'] } as const
export const tryEmployerFile = defineRoute({
  ...moving,
  method: 'POST',
  path: '/employer-files/:fileId/trial',
  summary: 'Essayer : compter ce que le fichier créerait, sans rien créer',
})
export const confirmEmployerFile = defineRoute({
  ...moving,
  method: 'POST',
  path: '/employer-files/:fileId/confirm',
  summary: 'Confirmer : ce qui a été essayé sera créé, partie après partie',
})
export const undoEmployerFile = defineRoute({
  ...moving,
  method: 'POST',
  path: '/employer-files/:fileId/undo',
  summary: 'Défaire tout un fichier, pendant trente jours : ce que quelqu’un a changé depuis reste',
  refusals: ['employer-file/not-now', 'employer-file/too-late'],
})
/** A part is whole or not at all. Called again and again until the state is the next one. */
export const advanceEmployerFile = defineRoute({
  ...moving,
  method: 'POST',
  path: '/employer-files/:fileId/advance',
  summary: 'Faire la partie suivante de l’essai, de la création ou de l’annulation en cours',
})
export const forgetEmployerFile = defineRoute({
  method: 'DELETE',
  path: '/employer-files/:fileId',
  tag,
  summary: 'Abandonner un fichier que l’on n’a pas confirmé : ses lignes sont effacées',
  needs,
  params: FileParams,
  reply: Type.Object({}),
  refusals: ['employer-file/not-now'],
})
