import { useQuery } from '@tanstack/react-query'
import { formatInstant } from '../../platform/format.ts'
import { Loaded, Section } from '../../ui/index.ts'
import { correctionsQuery } from './queries.ts'
import { type Entry, entryInWords, type RightsRequest } from './words.ts'

const changes = (before: Entry, after: Entry) => {
  const said = entryInWords(after)
  return entryInWords(before).flatMap(([label, words], at) =>
    words === said[at]![1] ? [] : [`${label} : « ${words} », désormais « ${said[at]![1]} »`],
  )
}

/** What was entered before each correction, the last first. */
export const Corrections = ({ request }: { request: RightsRequest }) => {
  const query = useQuery(correctionsQuery(request.id, request.version))
  return (
    <Section title="Corrections">
      <Loaded query={query}>
        {({ items }) => (
          <ul>
            {items.map(({ version, before, after, reason, recordedBy, recordedAt }) => (
              <li key={version}>
                <p className="fr-mb-1v">
                  Le {formatInstant(recordedAt)}
                  {recordedBy && `, par ${recordedBy.name}`} : {reason}
                </p>
                <ul>
                  {changes(before, after).map(words => (
                    <li key={words}>{words}</li>
                  ))}
                </ul>
              </li>
            ))}
          </ul>
        )}
      </Loaded>
    </Section>
  )
}
