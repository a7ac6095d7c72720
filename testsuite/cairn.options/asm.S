	.text
	nop
	.section .note.GNU-stack,"",@progbits
