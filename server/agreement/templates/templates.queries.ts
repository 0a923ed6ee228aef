import { type Db, k } from '../../platform/database.ts'
import { refusedBy } from '../../platform/errors.ts'

export interface TemplateRow {
  readonly id: string
  readonly version: number
  readonly title: string
  readonly body: string
  readonly publishedAt: Date
}

export const listTemplates = (db: Db): Promise<TemplateRow[]> =>
  db.all(
    k
      .selectFrom('conventionTemplates')
      .select(['id', 'version', 'title', 'body', 'publishedAt'])
      .orderBy('version', 'desc')
      .limit(50),
  )

export const lastTemplate = (db: Db): Promise<TemplateRow | undefined> =>
  db.first(
    k
      .selectFrom('conventionTemplates')
      .select(['id', 'version', 'title', 'body', 'publishedAt'])
      .orderBy('version', 'desc')
      .limit(1),
  )

export const templateById = (db: Db, id: string): Promise<TemplateRow | undefined> =>
  db.first(
    k.selectFrom('conventionTemplates').select(['id', 'version', 'title', 'body', 'publishedAt']).where('id', '=', id),
  )

export const insertTemplate = (db: Db, template: TemplateRow & { readonly publishedBy: string }) =>
  db
    .run(k.insertInto('conventionTemplates').values(template))
    .catch(refusedBy('convention_templates_version_key', 'template/changed-meanwhile'))
