import { useMemo, useState } from 'react'
import {
  nomenclatureNames,
  nomenclatureOn,
  nomenclatures,
  readActivity,
  type Section,
  sections,
  sectionsOf,
  writeActivity,
} from '../../../contract/territory-and-register/activities.ts'
import { formatCount, today } from '../../platform/format.ts'
import { plainText } from '../../platform/plain-text.ts'
import { Button, Checkbox, Chosen, TagChoice, TextField } from '../../ui/index.ts'
import { ChosenElsewhere } from './chosen-nomenclature.tsx'
import { useFinerActivities, useFinerNames } from './finer-activities.ts'
import './activities-field.css'

const labels = new Map(
  nomenclatures.flatMap(nomenclature =>
    sectionsOf[nomenclature].flatMap(({ code, label, divisions }) => {
      const named = (own: string, words: string) =>
        [
          writeActivity({ nomenclature, code: own }),
          nomenclature === 'NAF25' ? `${words} (${nomenclatureNames.NAF25})` : words,
        ] as const
      return [
        named(code, label),
        ...divisions.map(division => named(division.code, `${division.code} ${division.label}`)),
      ]
    }),
  ),
)
export const activityName = (code: string) => labels.get(code) ?? code

const matching = (words: string, all: readonly Section[]): readonly Section[] => {
  const wanted = plainText(words.trim())
  if (!wanted) return all
  return all.flatMap(section => {
    if (plainText(section.label).includes(wanted)) return [section]
    const divisions = section.divisions.filter(({ code, label }) => plainText(`${code} ${label}`).includes(wanted))
    return divisions.length ? [{ ...section, divisions }] : []
  })
}

/**
 * Sections of the nomenclature, each opened to its divisions. A whole section stands for its divisions. `divisionsOnly`
 * where a section means nothing.
 */
export const ActivitiesField = ({
  label,
  hint,
  value,
  onChange,
  divisionsOnly = false,
}: {
  label: string
  hint?: string
  value: readonly string[]
  onChange: (value: readonly string[]) => void
  divisionsOnly?: boolean
}) => {
  const [words, setWords] = useState('')
  // What was chosen says which nomenclature one works in; else the one in force.
  const [nomenclature, setNomenclature] = useState(() =>
    divisionsOnly ? ('NAFRev2' as const) : value[0] ? readActivity(value[0]).nomenclature : nomenclatureOn(today()),
  )
  const shown = useMemo(
    () =>
      matching(
        words,
        divisionsOnly
          ? sections
          : sectionsOf[nomenclature].map(({ code, label: name, divisions }) => ({
              code: writeActivity({ nomenclature, code }),
              label: name,
              divisions: divisions.map(division => ({
                ...division,
                code: writeActivity({ nomenclature, code: division.code }),
              })),
            })),
      ),
    [words, nomenclature, divisionsOnly],
  )
  const finer = useFinerActivities(words, nomenclature, !divisionsOnly)
  const names = useFinerNames(value)
  const toggle = (code: string, on: boolean, covered: readonly string[] = []) =>
    onChange(on ? [...value.filter(one => !covered.includes(one)), code] : value.filter(one => one !== code))
  return (
    <fieldset className="cc-choices cc-activities">
      <legend className="fr-label">
        {label}
        <span className="cc-optional"> (facultatif)</span>
        {hint && <span className="fr-hint-text">{hint}</span>}
      </legend>
      <Chosen
        label={`${label} : choix`}
        items={value.map(code => ({ value: code, label: names.get(code) ?? activityName(code) }))}
        onRemove={code => toggle(code, false)}
      />
      {!divisionsOnly && <ChosenElsewhere codes={value} />}
      <details className="cc-operation cc-activities__all">
        <summary>
          {value.length
            ? `Modifier le choix (${formatCount(value.length, 'activité')})`
            : 'Choisir dans la nomenclature'}
        </summary>
        <div className="cc-activities__body">
          {!divisionsOnly && (
            <TagChoice
              label="Nomenclature"
              options={nomenclatures.map(one => ({ value: one, label: nomenclatureNames[one] }))}
              value={nomenclature}
              onChange={setNomenclature}
            />
          )}
          <TextField
            name="filtre-activites"
            label="Filtrer la nomenclature"
            hint={
              divisionsOnly
                ? 'Un mot ou un numéro : « bois », « 43 »'
                : 'Un métier, un mot ou un numéro : « coiffeur », « 10.71 »'
            }
            type="search"
            width="medium"
            value={words}
            onChange={setWords}
          />
          <p className="fr-sr-only" role="status">
            {words.trim() && !finer.looking
              ? `${formatCount(finer.found.length, 'activité précise', 'activités précises')}, ${formatCount(shown.length, 'section correspond', 'sections correspondent')}`
              : ''}
          </p>
          {finer.found.length > 0 && (
            <fieldset className="cc-choices cc-activities__section">
              <legend className="cc-activities__name">Activités précises</legend>
              <div className="cc-activities__divisions">
                {finer.found.map(({ code, name }) => (
                  <Checkbox key={code} label={name} checked={value.includes(code)} onChange={on => toggle(code, on)} />
                ))}
              </div>
            </fieldset>
          )}
          {shown.length === 0 && finer.found.length === 0 && !finer.looking && (
            <p className="fr-text--sm">Rien ne correspond à « {words.trim()} ».</p>
          )}
          {shown.map(section => (
            <OneSection
              key={section.code}
              section={section}
              value={value}
              toggle={toggle}
              opened={!!words.trim()}
              divisionsOnly={divisionsOnly}
            />
          ))}
        </div>
      </details>
    </fieldset>
  )
}

const OneSection = ({
  section: { code, label, divisions },
  value,
  toggle,
  opened,
  divisionsOnly,
}: {
  section: Section
  value: readonly string[]
  toggle: (code: string, on: boolean, covered?: readonly string[]) => void
  opened: boolean
  divisionsOnly: boolean
}) => {
  const whole = value.includes(code)
  const inside = divisions.filter(division => value.includes(division.code)).length
  const [open, setOpen] = useState(inside > 0)
  const showing = (open || opened) && !whole
  const id = `section-${code}`
  return (
    <div className="cc-activities__section">
      <div className="cc-activities__head">
        {divisionsOnly ? (
          <span className="cc-activities__name">{label}</span>
        ) : (
          <Checkbox
            label={label}
            checked={whole}
            onChange={on =>
              toggle(
                code,
                on,
                divisions.map(division => division.code),
              )
            }
          />
        )}
        {!whole && (
          <Button
            size="small"
            priority="tertiary no outline"
            icon={showing ? 'fr-icon-arrow-up-s-line' : 'fr-icon-arrow-down-s-line'}
            iconPosition="right"
            expanded={showing}
            {...(showing ? { controls: id } : {})}
            onClick={() => setOpen(!open)}
          >
            {inside ? `${inside} sur ${divisions.length}` : formatCount(divisions.length, 'division')}
            <span className="fr-sr-only"> de {label}</span>
          </Button>
        )}
      </div>
      {showing && (
        <div className="cc-activities__divisions" id={id}>
          {divisions.map(division => (
            <Checkbox
              key={division.code}
              label={`${readActivity(division.code).code} ${division.label}`}
              checked={value.includes(division.code)}
              onChange={on => toggle(division.code, on)}
            />
          ))}
        </div>
      )}
    </div>
  )
}
