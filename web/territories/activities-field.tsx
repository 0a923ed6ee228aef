import { useMemo, useState } from 'react'
import { type Section, sections } from '../../contract/activities.ts'
import { formatCount } from '../platform/format.ts'
import { Button, Checkbox, Chosen, TextField } from '../ui/index.ts'
import './activities-field.css'

const labels = new Map(sections.flatMap(({ code, label, divisions }) => [[code, label] as const, ...divisions.map(division => [division.code, `${division.code} ${division.label}`] as const)]))
export const activityName = (code: string) => labels.get(code) ?? code

const plain = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()
const matching = (words: string): readonly Section[] => {
  const wanted = plain(words.trim())
  if (!wanted) return sections
  return sections.flatMap(section => {
    if (plain(section.label).includes(wanted)) return [section]
    const divisions = section.divisions.filter(({ code, label }) => plain(`${code} ${label}`).includes(wanted))
    return divisions.length ? [{ ...section, divisions }] : []
  })
}

/** Sections of the nomenclature, each opened to its divisions. A whole section stands for its divisions. `divisionsOnly` where a section means nothing. */
export const ActivitiesField = ({ label, hint, value, onChange, divisionsOnly = false }: { label: string; hint?: string; value: readonly string[]; onChange: (value: readonly string[]) => void; divisionsOnly?: boolean }) => {
  const [words, setWords] = useState('')
  const shown = useMemo(() => matching(words), [words])
  const toggle = (code: string, on: boolean, covered: readonly string[] = []) => onChange(on ? [...value.filter(one => !covered.includes(one)), code] : value.filter(one => one !== code))
  return (
    <fieldset className="cc-choices cc-activities">
      <legend className="fr-label">{label}<span className="cc-optional"> (facultatif)</span>{hint && <span className="fr-hint-text">{hint}</span>}</legend>
      <Chosen label={`${label} : choix`} items={value.map(code => ({ value: code, label: activityName(code) }))} onRemove={code => toggle(code, false)} />
      <details className="cc-operation cc-activities__all">
        <summary>{value.length ? `Modifier le choix (${formatCount(value.length, 'activité')})` : 'Choisir dans la nomenclature'}</summary>
        <div className="cc-activities__body">
          <TextField name="filtre-activites" label="Filtrer la nomenclature" hint="Un mot ou un numéro : « bois », « 43 »" type="search" width="medium" value={words} onChange={setWords} />
          <p className="fr-sr-only" role="status">{words.trim() ? formatCount(shown.length, 'section correspond', 'sections correspondent') : ''}</p>
          {shown.length === 0 && <p className="fr-text--sm">Rien ne correspond à « {words.trim()} ».</p>}
          {shown.map(section => <OneSection key={section.code} section={section} value={value} toggle={toggle} opened={!!words.trim()} divisionsOnly={divisionsOnly} />)}
        </div>
      </details>
    </fieldset>
  )
}

const OneSection = ({ section: { code, label, divisions }, value, toggle, opened, divisionsOnly }: { section: Section; value: readonly string[]; toggle: (code: string, on: boolean, covered?: readonly string[]) => void; opened: boolean; divisionsOnly: boolean }) => {
  const whole = value.includes(code)
  const inside = divisions.filter(division => value.includes(division.code)).length
  const [open, setOpen] = useState(inside > 0)
  const showing = (open || opened) && !whole
  const id = `section-${code}`
  return (
    <div className="cc-activities__section">
      <div className="cc-activities__head">
        {divisionsOnly ? <span className="cc-activities__name">{label}</span> : <Checkbox label={label} checked={whole} onChange={on => toggle(code, on, divisions.map(division => division.code))} />}
        {!whole && (
          <Button size="small" priority="tertiary no outline" icon={showing ? 'fr-icon-arrow-up-s-line' : 'fr-icon-arrow-down-s-line'} iconPosition="right" expanded={showing} {...(showing ? { controls: id } : {})} onClick={() => setOpen(!open)}>
            {inside ? `${inside} sur ${divisions.length}` : formatCount(divisions.length, 'division')}<span className="fr-sr-only"> de {label}</span>
          </Button>
        )}
      </div>
      {showing && (
        <div className="cc-activities__divisions" id={id}>
          {divisions.map(division => <Checkbox key={division.code} label={`${division.code} ${division.label}`} checked={value.includes(division.code)} onChange={on => toggle(division.code, on)} />)}
        </div>
      )}
    </div>
  )
}
