import { queryOptions } from '@tanstack/react-query'
import type { Static } from 'typebox'
import { listCorrespondentsBeside } from '../../../contract/work-with-employers/correspondents/links.ts'
import { call } from '../../platform/api.ts'
import { townWords } from '../../platform/names.ts'
import { plainText } from '../../platform/plain-text.ts'
import type { Correspondent } from './words.ts'

export type Beside = Static<typeof listCorrespondentsBeside.reply>['items'][number]
type Place = Pick<Correspondent['places'][number], 'siret' | 'name' | 'town'>

export const besideQuery = (siret: string, named = '') =>
  queryOptions({
    queryKey: ['correspondents', siret, 'beside', named],
    queryFn: ({ signal }) =>
      call(listCorrespondentsBeside, { params: { siret }, body: named ? { named } : {}, signal }),
  })

/** « Garonne Bois (Léognan) » ; the number when the register tells no name. */
export const placeWords = ({ siret, name, town }: Place): string =>
  [name ?? `SIRET ${siret}`, town && `(${townWords(town)})`].filter(Boolean).join(' ')

/** Those of whom what was typed says a word of the name, of three letters at least. */
export const maybeBeside = (typed: string, people: readonly Beside[]): readonly Beside[] => {
  const words = plainText(typed).split(/[^a-z0-9]+/)
  return people.filter(({ name }) =>
    plainText(name)
      .split(/[^a-z0-9]+/)
      .some(word => word.length > 2 && words.includes(word)),
  )
}
