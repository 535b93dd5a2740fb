import { generate } from 'lean-qr'
import { useMemo } from 'preact/hooks'

/** A QR code as one path; dark on light in both themes, as scanners want it. */
export function QrCode({ text, label }: { text: string; label: string }) {
  const { path, size } = useMemo(() => {
    const code = generate(text)
    let drawn = ''
    for (let y = 0; y < code.size; y++) for (let x = 0; x < code.size; x++) if (code.get(x, y)) drawn += `M${x} ${y}h1v1h-1z`
    return { path: drawn, size: code.size }
  }, [text])
  return (
    <svg class="qr-code" viewBox={`-4 -4 ${size + 8} ${size + 8}`} role="img" aria-label={label} shape-rendering="crispEdges">
      <path class="qr-ground" d={`M-4-4h${size + 8}v${size + 8}h${-size - 8}z`} />
      <path class="qr-dots" d={path} />
    </svg>
  )
}
