import { mergeTexts } from './mergeTexts'

export default mergeTexts(
  import.meta.glob<Record<string, unknown>>(['./de.json', '../features/*/locales/de.json'], {
    eager: true,
    import: 'default',
  }),
)
